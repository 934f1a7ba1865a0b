//! What cues can be cues for: the first column of the tables.

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $written:literal,)+) => {
        /// What a cue is a cue for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum Kind { $($(#[$doc])* $name,)+ }

        impl Kind {
            /// The kind with this name in the tables.
            pub(super) fn from_name(name: &str) -> Option<Self> {
                match name { $($written => Some(Self::$name),)+ _ => None }
            }
        }

        /// How many there are.
        const N_KINDS: usize = [$($written,)+].len();
    };
}

/// A set of kinds.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Kinds([u64; N_KINDS.div_ceil(64)]);

impl Kinds {
    /// Puts one in.
    pub(crate) const fn insert(&mut self, kind: Kind) {
        self.0[kind as usize / 64] |= 1 << (kind as usize % 64);
    }

    /// Whether one is in.
    pub(crate) const fn contains(self, kind: Kind) -> bool {
        self.0[kind as usize / 64] & 1 << (kind as usize % 64) != 0
    }
}

kinds!(
    /// A function word that hardly any other of the languages has.
    Own = "own",
    /// A function word that several languages share.
    Word = "word",
    /// The writer: "I", "my".
    I = "i",
    /// "Is" after a writer or a third person.
    Copula = "copula",
    /// A bare "is", whose subject stands before it.
    Is = "is",
    /// Somebody spoken about: "she".
    Third = "third",
    /// The reader.
    You = "you",
    /// Several speak.
    We = "we",
    /// Directly before a number: the writer's age follows.
    AgeI = "age-i",
    /// Directly before a number: the age of somebody spoken about follows; with the notes "both" and
    /// "one" of two who were named.
    AgeThird = "age-third",
    /// Directly before a number: "age".
    AgeLabel = "age-label",
    /// Directly before a number: "girl of".
    AgeOf = "age-of",
    /// After a number: "years", which may be an age or a duration.
    Unit = "unit",
    /// After a number: "years old", which is an age.
    UnitOld = "unit-old",
    /// After a number: "-year-old", which is the age of what follows.
    UnitAdjective = "unit-adj",
    /// Before a number: an age not reached yet.
    Limit = "limit",
    /// After a number: an age not reached yet.
    LimitAfter = "limit-after",
    /// After a number: "and a half".
    Half = "half",
    /// A statement of being a minor without a number.
    Minor = "minor",
    /// "Underage": a statement where it is said of somebody.
    MinorWord = "minor-word",
    /// Before a number: it is no age, for the reason in the note.
    NotBefore = "before",
    /// After a number: it is no age, for the reason in the note.
    NotAfter = "after",
    /// Before a number of years: it is a duration.
    Since = "since",
    /// After a number of years: it is no age, for the reason in the note.
    NotAfterUnit = "after-unit",
    /// Something that has an age and is no person; the notes "place" and "firm" are for those where somebody may
    /// be, "group" for teams and classes.
    Thing = "thing",
    /// Somebody who is not advertised; with the note "visitor", to whom the listing speaks.
    Relative = "relative",
    /// A verb that states an age of its subject: "is", "tiene"; the note says "plural", "past" or "future".
    Verb = "verb",
    /// Begins a relative clause; the note says "last" where its verb ends it, "verb" where it holds
    /// the verb itself, "bare" where there is none.
    Who = "who",
    /// An article, possessive or count before a noun; with the note "after", behind it.
    Det = "det",
    /// A preposition.
    Prep = "prep",
    /// A word that may stand between a subject, its verb and a number.
    Adverb = "adverb",
    /// Several who were named before.
    They = "they",
    /// A word for a person who may be advertised.
    Person = "person",
    /// A word that follows a stated age: "19 jaar student".
    PersonAfter = "person-after",
    /// A word that goes on after an age: "from", "and".
    Tail = "tail",
    /// Before a year of birth; with the note "before" behind it, with "year" and "opening" also
    /// before one of two digits; with "jest" said of cars, and of oneself; with "zodiac" a sign.
    Born = "born",
    /// A year in words; the note is the year.
    Year = "year",
    /// A month; the note is its number.
    Month = "month",
    /// Before a school year; the note is what to add to it for the greatest usual age.
    SchoolBefore = "school-before",
    /// After a school year, likewise.
    SchoolAfter = "school-after",
    /// A school year that is a word of its own: the note is the greatest usual age in it.
    SchoolYear = "school-year",
    /// Says that the writer goes to school or sits in a year of it, without a pronoun.
    Enrolled = "enrolled",
    /// The ending that makes an age of a number word: Dutch "-jarige". Joined to each number word
    /// of its language when the tables are loaded.
    Compound = "compound",
    /// A number word with such an ending; the note is its value.
    AgeWord = "age-word",
    /// Before a number: an age that is wished, felt or thought of, not had.
    Unreal = "unreal",
    /// Before a number: an age that somebody once had.
    Once = "once",
    /// Before a number: not that age; with the note "any more", long over.
    Not = "not",
    /// The sentence speaks of an event with somebody else: a caller, a report, the news.
    Aside = "aside",
    /// Coming of age, as a noun or an adjective: "adult", "18th birthday".
    Majority = "majority",
    /// A birthday under 18; the note is the age that it brings.
    BirthdayOf = "birthday-of",
    /// A moment to come: "in two months", "till November".
    Future = "future",
    /// A moment just past: "last week", "on Saturday".
    JustPast = "just-past",
    /// Years ago.
    LongAgo = "long-ago",
    /// "Now", which sets an age off against an earlier one.
    Now = "now",
    /// Around a school year: whoever speaks teaches it or left it long ago.
    NotPupil = "not-pupil",
    /// "Then", between an age of today and the next one.
    Then = "then",
    /// "Until", before a date or a moment; with the note "then", "until then".
    Till = "till",
    /// "Only", "not before", beside a moment to come.
    Only = "only",
    /// A span of time up to a day to come: "half a year", "three weeks to go".
    Wait = "wait",
    /// Years between two ages: "older"; with the note "younger", "younger", with "twice" and "half"
    /// how often one is the other.
    Older = "older",
    /// "I have two": what follows is the writer's, not the writer.
    Has = "has",
    /// A word of a sum: between two numbers with the notes "minus", "plus" or "times", before one with
    /// "twice" and "half", around both with "take" and "put"; a number is that of a dozen.
    Sum = "sum",
    /// Speaks of a phone.
    Phone = "phone",
    /// Before a number that is not to be called; the note says what it is.
    Id = "id",
    /// Announces a number written from back to front.
    Reversed = "reversed",
    /// Says that a zero belongs before the digits.
    ZeroBefore = "zero-before",
    /// The number of a help line follows.
    OwnerHelp = "owner-help",
    /// The number of the site itself follows.
    OwnerSite = "owner-site",
    /// The number of somebody else follows; with the note "after" it stands before, with "both" on
    /// either side, with "direct" directly behind the cue; with "owned" before, where what belongs to the
    /// writer follows.
    OwnerThird = "owner-third",
    /// The writer's own number follows.
    OwnerOwn = "owner-own",
    /// A country whose numbering plan is meant; the note is its code.
    PhoneCountry = "phone-country",
    /// Persons are sought for work.
    Seeks = "seeks",
    /// What is sought is something ordinary.
    SeeksNot = "seeks-not",
    /// An ordinary trade; the note names it.
    Trade = "trade",
    /// A word of the kind of listing that this program is for: it takes "ordinary work" back.
    Offer = "offer",
    /// The phone number stands in a picture.
    NumberPicture = "number-picture",
    /// The text stands in a picture.
    TextPicture = "text-picture",
    /// Looks like one of these two and is not; the note says what.
    PictureNot = "picture-not",
    /// At all hours.
    Always = "always",
    /// Looks like "at all hours" and is not.
    AlwaysNot = "always-not",
    /// Before opening hours.
    Hours = "hours",
    /// Before the name of the writer.
    Alias = "alias",
    /// Before the name of somebody presented.
    AliasThird = "alias-third",
    /// After a number of persons.
    PersonsAfter = "persons-after",
    /// Two persons offer together.
    PersonsTwo = "persons-two",
    /// A word that may stand between the digits of a phone number.
    Filler = "filler",
    /// The digit that follows counts as often as the note says.
    Repeat = "repeat",
    /// "Zeros": the number before it says how often the digit in the note counts.
    Plural = "plural",
    /// A number word; the note is its value.
    Number = "number",
    /// A word for somebody of that age, such as "teenager".
    YouthNoun = "youth-noun",
    /// Somebody who goes to a school for minors.
    Pupil = "pupil",
    /// Such a school; with the note "any", a school of any kind.
    School = "school",
    /// "Goes to", "is at", of the writer or of somebody spoken about.
    Attend = "attend",
    /// Final exams of such a school; with the note "self", said by a word that speaks of oneself.
    Exam = "exam",
    /// The hours of a day that school leaves.
    SchoolDay = "school-day",
    /// Work at a school.
    SchoolJob = "school-job",
    /// Looks like one of these words and is something else; the note says what.
    YouthNot = "youth-not",
    /// "Of age".
    OfAge = "of-age",
    /// The eighteenth birthday.
    Birthday = "birthday-18",
    /// "Just", "newly".
    Recent = "recent",
    /// "Since last week", "yesterday".
    RecentTime = "recent-time",
    /// "Became", of an age.
    Become = "become",
    /// "Age"; with the note "mine", that of the writer.
    AgeNoun = "age-noun",
    /// "How old I am"; with the note "real", "how old I really am".
    HowOld = "how-old",
    /// "Real", of an age.
    RealAge = "real-age",
    /// Asks the reader to ask, or says that the writer will tell; with the note "guess", to guess.
    Reveal = "reveal",
    /// In private, by message; with the note "request", on request.
    Private = "private",
    /// "Is not right".
    Untrue = "untrue",
    /// "Than it says here".
    Stated = "stated",
    /// "Younger"; with the note "older", "older".
    Comparative = "comparative",
    /// "On paper".
    OnPaper = "on-paper",
    /// Says by itself that the true age is withheld.
    Withheld = "withheld",
    /// Speaks of how old somebody looks or feels.
    Looks = "looks",
    /// "Began": new to the work when a time a short while ago stands beside it.
    Begin = "begin",
    /// New to the work.
    Beginner = "beginner",
    /// Looks like it and is not; the note says what.
    BeginnerNot = "beginner-not",
    /// "Not", "no"; with the note "after", behind a verb.
    Negation = "negation",
    /// Speaks of a time gone by.
    Past = "past",
    /// "If"; with the note "unreal", a wish.
    Suppose = "suppose",
    /// "At heart".
    Figurative = "figurative",
    /// "As", "like".
    Like = "like",
    /// Persons are sought, of whatever kind; with the note "active", by the word before it.
    Wants = "wants",
    /// Those before are not let in or not answered.
    Rejected = "rejected",
    /// A university and what belongs to it.
    HigherSchool = "higher-school",
    /// A part of somebody that has an age of its own, or a mood that has: "my heart", "in my head".
    Felt = "felt",
    /// Takes back a number that was asked: "I wish".
    Wish = "wish",
    /// Something is sold, or an animal needs a home.
    Goods = "goods",
    /// A listing that somebody else wrote with the writer's pictures, or a claim about the writer.
    Fake = "fake",
    /// "Mother of", before the names of children.
    ParentOf = "parent-of",
    /// "May vote", of what one may from 18 on.
    Right = "right-18",
    /// What is left of a birthday: "confetti".
    PartyRest = "party-rest",
    // From here on: classes of words that a statement is put together from (`clauses.rs`).
    /// Takes the next words back: "no", "not".
    Neg = "neg",
    /// Takes the word before it back.
    NegAfter = "neg-after",
    /// Contains words of other classes and means something else: they do not count.
    Decoy = "decoy",
    /// Somebody who is there to answer: a telephonist.
    Operator = "operator",
    /// Somebody who may answer or plan for others: a manager, a receptionist.
    Agent = "agent",
    /// A place that answers: an office, a desk.
    Desk = "desk",
    /// Somebody close, a colleague or a driver.
    Kin = "kin",
    /// "He", "she", "they" as a subject.
    Pronoun = "pron",
    /// Answers the phone, of somebody else.
    Answers = "answers",
    /// Plans or books, of somebody else.
    Books = "books",
    /// Phone, messages, appointments, diary.
    Matter = "matter",
    /// Call, book, through: what leads to a desk.
    Call = "call",
    /// One number for several.
    SameNumber = "same-number",
    /// All persons or profiles.
    AllProfiles = "all-profiles",
    /// Ask for, before a name.
    AskFor = "ask-for",
    /// A statement by itself that somebody else answers or plans.
    AnsweredBy = "answered-by",
    /// Call him or her: somebody else, or the person spoken about.
    CallThem = "call-them",
    /// A form of address before a name.
    Title = "title",
    /// The writer answers.
    AnswerI = "answer-i",
    /// The writer plans or decides.
    BookI = "book-i",
    /// Oneself, personally, alone.
    SelfWord = "self",
    /// A phone or diary of one's own.
    OwnMatter = "own-matter",
    /// A statement by itself that the writer answers.
    SpeakMe = "speak-me",
    /// A statement by itself that the writer works for nobody.
    ForSelf = "for-self",
    /// Nobody.
    Nobody = "nobody",
    /// Stands between, earns, decides.
    Meddles = "meddles",
    /// Somebody who stands between: counts where it is negated.
    Middle = "middle",
    /// A machine that answers.
    Voicemail = "voicemail",
    /// The person speaks: "I", "my", a verb in the first person.
    Voice = "voice",
    /// Somebody presents a person.
    Presents = "present",
    /// An animal, child or thing that is spoken about.
    Animal = "animal",
    /// A review or somebody quoted.
    Quoted = "quoted",
    /// Several persons who may be offered.
    People = "people",
    /// A statement by itself that several persons are offered.
    OurPeople = "our-people",
    /// To choose from several.
    Choice = "choice",
    /// Present, available, at work.
    OnDuty = "on-duty",
    /// Today, tomorrow, daily.
    Today = "today",
    /// Every week, regularly.
    Every = "every",
    /// New, other, changing.
    Fresh = "fresh",
    /// Those who change: a group, faces, ladies.
    Crew = "crew",
    /// Two, both, together.
    Two = "two",
    /// Friends of each other.
    Friends = "friends",
    /// "We", "us", "I".
    WeTwo = "we-two",
    /// A statement by itself that two offer together.
    Duo = "duo",
    /// Children, pupils, players: nobody who is offered.
    Family = "family",
    /// Those whom the visitor brings.
    VisitorThey = "visitor-they",
    /// Premises that several use by their kind.
    Venue = "venue",
    /// A club or salon, which counts where the writer is to be found there.
    Club = "club",
    /// A flat, house or room.
    Flat = "flat",
    /// Others who work there.
    Colleague = "colleague",
    /// Shared, in turns, together with.
    Share = "share",
    /// Work or receive.
    Work = "work",
    /// Where the writer is to be found.
    FindMe = "find-me",
    /// Premises of those who speak as "we".
    OurPlace = "our-place",
    /// Of the agency, of the boss.
    FirmPlace = "firm-place",
    /// A driver, guard or minder.
    Companion = "companion",
    /// A friend who may be near.
    NearFriend = "near-friend",
    /// Waits, drives, is in the building.
    Near = "near",
    /// By choice, for safety.
    OwnChoice = "own-choice",
    /// Is not allowed.
    MayNot = "may-not",
    /// Out, away, alone.
    GoOut = "go-out",
    /// Only with, never without.
    OnlyWith = "only-with",
    /// Brings and collects the person.
    TakesMe = "takes-me",
    /// Somebody who may decide for another.
    Boss = "boss",
    /// Decides, of somebody else.
    Decides = "decides",
    /// Hours, visitors, prices: what is decided.
    OverWhat = "over-what",
    /// A statement by itself that the person is not free.
    Restricted = "restricted",
    /// Animals, children, visitors: rules for them are ordinary.
    CatChild = "cat-child",
    /// Seeks, wanted, hiring.
    Seek = "seek",
    /// Persons who may be sought.
    RecruitPeople = "recruit-people",
    /// Quick money.
    PromiseMoney = "promise-money",
    /// No experience needed.
    NoSkill = "no-skill",
    /// Housing is provided.
    Lodging = "lodging",
    /// Travel is paid, everything arranged.
    TravelPaid = "travel-paid",
    /// Asks the reader whether she or he wants it.
    YouWant = "you-want",
    /// An ordinary trade, or what is usual in an ordinary vacancy.
    NamedJob = "named-job",
    /// Money, payment.
    Cash = "cash",
    /// Somebody who takes the money.
    Taker = "taker",
    /// Is handed to, goes to.
    HandOver = "hand-over",
    /// Not to the writer.
    NotMe = "not-me",
    /// A debt, pay back.
    Debt = "debt",
    /// By work, to a boss, for the journey.
    WorkOff = "work-off",
    /// Money is advanced.
    Advance = "advance",
    /// Keeps, collects or counts the money, of somebody else.
    Keeps = "keeps",
    /// A statement that the writer is left with a part of the money.
    MyShare = "my-share",
    /// Those who brought the writer here or paid for it.
    BroughtMe = "brought-me",
    /// The journey and what it takes: a ticket, papers.
    Journey = "journey",
    /// Paid back, paid off, until it is paid.
    PaidOff = "paid-off",
    /// Taken off the pay of those who are sought.
    Deducted = "deducted",
    /// A statement by itself that somebody else has to give leave.
    AskLeave = "ask-leave",
    /// Pictures or data of the reader.
    YourMedia = "your-media",
    /// Publish or send on.
    Publish = "publish",
    /// A demand for money.
    PayUp = "pay-up",
    /// Or else, unless, until.
    OrElse = "or-else",
    /// Family, work or friends of the reader.
    YourPeople = "your-people",
    /// A statement by itself that something will be spread.
    ThreatAlone = "threat",
    /// A warning or report of a threat.
    Warning = "warning",
    /// An account or profile.
    Account = "account",
    /// Verified.
    Verified = "verified",
    /// For sale, for rent, wanted.
    Deal = "deal",
    /// A picture with a document of identity.
    IdSelfie = "id-selfie",
    /// Games, banks: other accounts.
    AccountNot = "account-not",
    /// New in town, on tour.
    Moved = "moved",
    /// A few days, until Sunday.
    FewDays = "few-days",
    /// Leaving, staying, only.
    Leaving = "leaving",
    /// Something else that lasts some days.
    NotMoving = "not-moving",
    /// "I arrived", which counts beside a day not long ago.
    Arrived = "arrived",
    /// "Yesterday", "last night".
    NotLongAgo = "not-long-ago",
    /// "I leave", which counts beside a day to come and a town.
    LeaveOn = "leave-on",
    /// A day of the week, "tomorrow".
    DayWord = "day-word",
    /// "Then", before the next town.
    ThenTo = "then-to",
    /// "This week", before the next one.
    ThisWeek = "this-week",
    /// "Next week".
    NextWeek = "next-week",
    /// The visitor is spoken of.
    VisitorIf = "visitor-if",
    /// A month, in a list of dates.
    TourMonth = "tour-month",
    /// Limits, taboos.
    Limits = "limits",
    /// A statement by itself that there are no limits.
    AllGoes = "all-goes",
    /// A statement by itself of limits or rules.
    OwnLimits = "own-limits",
    /// Limits of something else.
    LimitsNot = "limits-not",
    /// "On the second photo", "see the picture".
    PicPlace = "pic-place",
    /// A word for the phone number, as something that stands in a picture.
    PicNumber = "pic-number",
    /// A word for what is told: prices, hours, details.
    PicInfo = "pic-info",
    /// Who or what else is seen in a picture: the person, a number plate.
    PicPerson = "pic-person",
    /// A reception or car park, with hours of its own.
    HouseDesk = "house-desk",
    /// An ordinary firm, job or home; the note "weak" is for those that need a second.
    Ordinary = "ordinary",
    /// A word of the kind of listing that this program is for.
    CounterOffer = "counter-offer",
    /// A verb in the third person, of somebody presented.
    TheyVerb = "they-verb",
    /// Receives visitors, travels to them: a verb in the third person that only somebody presented has.
    HostVerb = "host-verb",
    /// A noun for a person, of somebody presented: "lady", "chap".
    PersonNoun = "person-noun",
    /// This page, account or listing.
    Page = "page",
    /// Persons of whatever kind, counted on a page: "people", "of us".
    Heads = "heads",
    /// Until a day: the end of a stay.
    StayEnd = "stay-end",
    /// The writer, or somebody presented, is in a place.
    StayHere = "stay-here",
    /// Then goes on to another place.
    MovesOn = "moves-on",
    /// Lends or borrows: of papers and selfies.
    Lends = "lends",
    /// "She", "he", "her": somebody spoken about.
    TheyWord = "they-who",
);

impl Kind {
    /// Whether it is a class of words that statements are put together from.
    pub(crate) fn is_class(self) -> bool {
        self >= Self::Neg && self <= Self::TheyWord
    }
}
