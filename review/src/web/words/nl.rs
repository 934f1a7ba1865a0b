//! The pages in Dutch.

use model::{AuditAction, CaseState, Disposition, DispositionReason, LinkKind};
use report::words::nl::TERMS;

use super::{Tongue, Word, Words, grouped};
use crate::web::finding::Look;
use crate::web::problem::Problem;

pub(super) static WORDS: Words = Words {
    skip_to_content: "Naar de inhoud",
    main_navigation: "Hoofdmenu",
    language: "Taal",
    signed_in_as: "Aangemeld als",
    sign_out: "Afmelden",
    foot: "Alle tijden zijn in UTC. Elke inzage en elke beslissing wordt vastgelegd.",
    paging: "Bladeren",
    first_page: "Naar het begin",
    next_page: "Volgende pagina",
    n_more: |n| format!("en nog {n}"),
    problem,

    sign_in: "Aanmelden",
    user_name: "Gebruikersnaam",
    password: "Wachtwoord",
    sign_in_note: "Geen account of wachtwoord kwijt? Vraag de beheerder om een nieuw wachtwoord.",
    sign_in_wrong: "Naam en wachtwoord horen niet bij elkaar. Controleer beide en probeer het opnieuw.",
    sign_in_too_often: "Te veel pogingen. Wacht een minuut en probeer het dan opnieuw.",
    session_ended: "De sessie is verlopen. Meld je opnieuw aan.",
    signed_out: "Je bent afgemeld.",

    queue: "Wachtrij",
    to_queue: "Naar de wachtrij",
    to_start: "Naar het begin",
    lanes: "Banen",
    all_lanes: "Alle banen",
    states: "Stand",
    queue_empty: "Hier wacht niets.",
    queue_end: "Verder is er niets.",
    case: "Zaak",
    lane_heading: "Baan",
    band_heading: "Gewicht",
    points: "Punten",
    kinds_of_evidence: "Soorten aanwijzing",
    found_heading: "Wat er gevonden is",
    listings: "Advertenties",
    waits: "Wacht",
    hard: "hard signaal",
    duration,

    back: "Terug",
    to_decision: "Naar de beslissing",
    proves_nothing: "Een advertentie bewijst niets. Wat hier staat zijn aanwijzingen in teksten, geen oordeel over een persoon.",
    n_points: |n| format!("{n} {}", if n == 1 { "punt" } else { "punten" }),
    n_listings,
    told_decided: "Je beslissing is vastgelegd.",
    next_case: "Naar de volgende zaak in deze baan",
    lane_is_done: "In deze baan wacht niets meer: naar de wachtrij",
    told_conflict: "De aanwijzingen zijn veranderd sinds je deze zaak opende. Hieronder staat de nieuwe stand. Je beslissing is niet vastgelegd: kijk opnieuw en beslis dan.",
    told_incomplete: "Kies een beslissing en een reden. Er is nog niets vastgelegd.",
    told_note_too_long: |n| {
        format!(
            "De toelichting is te lang: gebruik hooguit {n} tekens. Er is nog niets vastgelegd."
        )
    },
    why_here: "Waarom deze zaak hier staat",
    raised_by,
    strongest: "Wat daarin gevonden is, het sterkste eerst",
    up_to: "hooguit",
    in_listings: |n, of| format!("in {n} van {}", n_listings(of)),
    what_listings_say: "Advertenties, en wat daarin gevonden is",
    legend: "Onderstreept:",
    n_members_not_read: |n| {
        format!(
            "{} van deze zaak staan niet op deze pagina; wel de advertenties die aanleiding gaven.",
            n_listings(n)
        )
    },
    next_listings: |n| format!("Volgende advertenties (nog {n})"),
    why_linked: "Waarom ze bij elkaar horen",
    no_links: "Deze advertentie staat op zichzelf: er zijn geen verbanden met andere.",
    linked_by,
    n_pairs: |n| format!("Paar voor paar ({n})"),
    pairs_lead: "Elke regel verbindt twee advertenties. Advertenties met hetzelfde contact, dezelfde foto of dezelfde tekst vormen een keten: niet elk paar staat er.",
    listing: "Advertentie",
    link_reason: "Verband",
    link,
    timeline: "Waar en wanneer gezien",
    town: "Plaats",
    posted: "Geplaatst",
    first_seen: "Eerst gezien",
    last_seen: "Laatst gezien",
    still_online: "Online bij laatste bezoek",
    yes: "ja",
    gone: "nee, weg",

    raised_this: "gaf aanleiding",
    facts: "Feiten: wat er staat",
    inferences: "Gevolgtrekkingen van regels",
    protective: "Pleit ertegen",
    finding: "Bevinding",
    no_findings: "Geen bevindingen.",
    no_protective: "Niets gevonden dat ertegen pleit.",
    assessment_expired: "De beoordeling van deze advertentie is verlopen en vernietigd.",
    text_expired: "De tekst is verlopen en vernietigd volgens de bewaartermijn van de site.",
    text_not_kept: "Van deze site worden geen teksten bewaard, alleen kenmerken.",
    age_field: "Leeftijdsveld",
    price: "Prijs",
    account: "Soort account",
    contact_fields: "Contactvelden",
    n_hidden: |n| format!("{n}, niet getoond"),
    contact_hidden: "[contact]",
    n_observed: |n| format!("Gelezen in de advertentie, vóór elke regel: {n}"),
    refused: "bekeken en niet meegeteld",
    candidate: TERMS.candidate,
    read_as_age: |age| format!("gelezen als leeftijd {age}"),
    together_with: "met",
    with_all_others: |n| format!("met alle {n} andere van deze zaak"),
    signed_points: |n| signed(n, "punt", "punten"),
    gate: "Geeft aanleiding tot een zaak",
    gate_open: "ja,",
    gate_closed: "niet op zichzelf",
    sum: "Hoe de punten optellen",
    family_heading: "Groep regels",
    points_found: "Gevonden",
    points_counted: "Geteld",
    capped: "(tot de bovengrens)",
    not_all_applied: "(niet alles telt mee)",
    total: "Totaal",

    decide: "Beslissen",
    decide_lead: "Alleen een mens beslist. De beslissing geldt voor de aanwijzingen die je nu ziet.",
    may_not_decide: "Je rol mag deze zaak lezen, maar niet beslissen.",
    disposition_heading: "Beslissing",
    second_reader_note: "Doorverwijzen vraagt een tweede lezer, behalve bij spoed in de baan minderjarig.",
    reason_heading: "Reden",
    choose: "Kies…",
    note: "Toelichting (mag leeg blijven)",
    note_hint: "Noem geen namen of nummers.",
    record_decision: "Beslissing vastleggen",
    earlier_decisions: "Eerdere beslissingen",
    same_evidence: "Over de aanwijzingen van nu.",
    other_evidence: "Over eerdere aanwijzingen; daarna is er iets veranderd.",

    audit: "Logboek",
    audit_lead: "Wie keek, besliste of werd geweigerd, en wanneer. Regels staan vast en hangen aan elkaar.",
    verify_audit: "Controleer of het logboek heel is",
    audit_whole: |n| {
        format!(
            "Het logboek is heel: {} regels sluiten op elkaar aan.",
            grouped(n)
        )
    },
    audit_broken: |n| {
        format!("Het logboek is niet heel: regel {n} sluit niet aan. Bewaar een kopie en meld het.")
    },
    row_number: "Nr.",
    when: "Wanneer",
    who: "Wie",
    what: "Wat",
    to_what: "Betreft",
    for_what: "Doel",
    row_digest: "Kenmerk",

    lane: TERMS.lane,
    band: TERMS.band,
    case_state,
    kind: TERMS.kind,
    family: TERMS.family,
    field: TERMS.field,
    fact: TERMS.fact,
    disposition,
    reason,
    audit_action,
    look,
    clause: TERMS.clause,
    indicator: TERMS.indicator,
    observed: TERMS.observed,
    tongue: Tongue::Dutch,
};

fn problem(problem: Problem) -> (Word, Word) {
    match problem {
        Problem::NotFound => ("Niet gevonden", "Deze pagina of zaak is er niet (meer)."),
        Problem::MethodNotAllowed => (
            "Zo werkt deze pagina niet",
            "Open de pagina via de wachtrij.",
        ),
        Problem::Forbidden => (
            "Geen toegang",
            "Je rol geeft hier geen toegang toe. Deze poging is vastgelegd. Vraag de beheerder als je dit nodig hebt.",
        ),
        Problem::StaleForm => (
            "Formulier verlopen",
            "Het formulier hoort niet bij deze sessie. Er is niets veranderd: open de pagina opnieuw en vul het nog eens in.",
        ),
        Problem::BadForm => (
            "Formulier onleesbaar",
            "Het formulier kwam niet goed aan. Er is niets veranderd: open de pagina opnieuw en vul het nog eens in.",
        ),
        Problem::BodyTooLarge => (
            "Te veel tekst",
            "Het formulier is te groot. Er is niets veranderd: kort de toelichting in.",
        ),
        Problem::HeadTooLarge => (
            "Verzoek te groot",
            "De browser stuurde te veel mee. Wis de cookies van dit adres en probeer het opnieuw.",
        ),
        Problem::WrongHost => (
            "Ander adres",
            "Deze pagina's horen bij een ander adres. Open het adres dat je van de beheerder kreeg.",
        ),
        Problem::TooSlow => (
            "Te druk",
            "Het antwoord liet te lang op zich wachten. Probeer het zo nog eens.",
        ),
        Problem::NoPages => (
            "Geen pagina's",
            "Je rol heeft hier geen pagina's. Gebruikers worden met het programma zelf beheerd.",
        ),
        Problem::Broken => (
            "Er ging iets mis",
            "De fout is vastgelegd. Probeer het opnieuw; blijft het misgaan, vertel het de beheerder.",
        ),
    }
}

fn n_listings(n: usize) -> String {
    format!(
        "{n} {}",
        if n == 1 {
            "advertentie"
        } else {
            "advertenties"
        }
    )
}

fn raised_by(n: usize, of: usize) -> String {
    match (n, of) {
        (_, 1) => "De advertentie gaf aanleiding".to_owned(),
        (1, _) => format!("1 van {} gaf aanleiding", n_listings(of)),
        _ => format!("{n} van {} gaven aanleiding", n_listings(of)),
    }
}

fn duration(minutes: u64) -> String {
    match minutes {
        0 => "minder dan een minuut".to_owned(),
        1 => "1 minuut".to_owned(),
        2..60 => format!("{minutes} minuten"),
        60..1_440 => format!("{} uur", minutes / 60),
        1_440..2_880 => "1 dag".to_owned(),
        _ => format!("{} dagen", minutes / 1_440),
    }
}

fn signed(points: i32, one: &str, many: &str) -> String {
    let sign = match points {
        0 => "",
        1.. => "+",
        _ => "−",
    };
    let unit = if points.abs() == 1 { one } else { many };
    format!("{sign}{} {unit}", points.unsigned_abs())
}

fn link(kind: LinkKind, measure: u16) -> String {
    match kind {
        LinkKind::Contact => "hetzelfde nummer of adres".to_owned(),
        LinkKind::Photo => match measure {
            0 => "dezelfde foto".to_owned(),
            1 => "dezelfde foto of een kopie (1 van 256 bits anders)".to_owned(),
            bits => format!("dezelfde foto of een kopie ({bits} van 256 bits anders)"),
        },
        LinkKind::Text => format!(
            "bijna dezelfde tekst ({} % van de woorden gelijk)",
            measure / 10
        ),
    }
}

fn linked_by(kind: LinkKind, n: usize, of: usize) -> String {
    let by = match kind {
        LinkKind::Contact => "hetzelfde nummer of adres",
        LinkKind::Photo => "dezelfde foto of een kopie ervan",
        LinkKind::Text => "bijna dezelfde tekst",
    };
    format!(
        "{n} van {} zijn met een andere verbonden door {by}",
        n_listings(of)
    )
}

const fn case_state(state: CaseState) -> Word {
    match state {
        CaseState::Open => "open",
        CaseState::Held => "aangehouden",
        CaseState::Decided => "beslist",
        CaseState::Withdrawn => "ingetrokken",
    }
}

const fn disposition(disposition: Disposition) -> Word {
    match disposition {
        Disposition::NoConcern => "Geen zorg",
        Disposition::Watch => "Volgen: opnieuw kijken als er iets verandert",
        Disposition::ReferHelp => "Doorverwijzen naar hulpverlening",
        Disposition::ReferPolice => "Doorverwijzen naar politie",
        Disposition::ReferPlatform => "Doorverwijzen naar het platform",
        Disposition::NeedsSecondReader => "Tweede lezer gevraagd",
        Disposition::Duplicate => "Dubbel: staat al in een andere zaak",
        Disposition::CannotTell => "Niet te zeggen",
    }
}

const fn reason(reason: DispositionReason) -> Word {
    match reason {
        DispositionReason::MinorStated => {
            "Er staat dat iemand jonger dan 18 is, of het volgt uit wat er staat"
        }
        DispositionReason::MinorImplied => "Tekenen van iemand jonger dan 18, niet uitdrukkelijk",
        DispositionReason::ThirdPartyControl => "Tekenen dat anderen contact of werk regelen",
        DispositionReason::Recruitment => "Tekenen van werving onder valse voorwendsels",
        DispositionReason::Extortion => "Iemand wordt met publicatie bedreigd",
        DispositionReason::IndependentAdult => "Volwassene die voor zichzelf werkt",
        DispositionReason::WorkingTogether => "Volwassenen die uit eigen keuze samenwerken",
        DispositionReason::LicensedBusiness => "Vergund bedrijf",
        DispositionReason::RuleWrong => "De regel las de tekst verkeerd",
        DispositionReason::LinkWrong => "De advertenties horen niet bij elkaar",
        DispositionReason::NotRelevant => "Spam of iets heel anders",
        DispositionReason::TooLittle => "Te weinig om op af te gaan",
    }
}

const fn audit_action(action: AuditAction) -> Word {
    match action {
        AuditAction::Collect => "verzamelen",
        AuditAction::Change => "wijzigen",
        AuditAction::Consult => "raadplegen",
        AuditAction::Disclose => "verstrekken",
        AuditAction::Combine => "samenbrengen",
        AuditAction::Erase => "vernietigen",
        AuditAction::Decide => "beslissen",
        AuditAction::SignIn => "aan- of afmelden",
        AuditAction::Refuse => "weigeren",
        AuditAction::Configure => "instellen",
    }
}

const fn look(look: Look) -> Word {
    match look {
        Look::Minor => "minderjarig",
        Look::Help => "werving of afpersing",
        Look::Organised => "andere bevinding met punten",
        Look::Label => "kenmerk zonder punten",
        Look::Protective => "pleit ertegen",
    }
}
