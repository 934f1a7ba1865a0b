//! What folding does, item by item, and what holds for every text.

use proptest::prelude::*;

use super::map::floor_border;
use super::*;

#[track_caller]
fn check(original: &str, expected: &str) {
    assert_eq!(fold(original).text(), expected, "{original:?}");
}

#[test]
fn case_marks_and_special_letters() {
    check("Größe, ŁÓDŹ, naïve", "grosse, lodz, naive");
    check("Ș ș Ț ț ă î â", "s s t t a i a");
    check("e\u{301}a\u{308}\u{323}", "ea");
    check("İstanbul ŒUVRE Ærø", "istanbul oeuvre aero");
    check("“a” ‘b’ – c — d", "\"a\" 'b' - c - d");
    check("17½", "17,5");
    check("ﷺ 한 ㌖", "ﷺ 한 ㌖");
}

#[test]
fn ornamental_letters_and_digits() {
    check("ＡＢＣ　１８", "abc 18");
    check("𝐁𝐞𝐥 𝟎𝟔", "bel 06");
    check("ⓑⓔⓛ ⓪⑥①⑱", "bel 06118");
    check("❶❷ ➅ ⓿", "12 6 0");
    check("1️⃣8️⃣", "18");
    check("🅱🅴🅻 🅑", "bel b");
    check("ʙᴇʟ", "bel");
    check("٠٦ ۰۶ ०६", "06 06 06");
    check("🇧 🇪 🇱", "b e l");
    check("🇳🇱 vlag", "🇳🇱 vlag");
}

#[test]
fn look_alikes_of_every_sort() {
    check("ⒷⒺⓁ ⒜⒝ ⑴⑻ ⒈⒏ 🄐 🄁🄇", "bel ab 18 18 a 06");
    check("𝟙𝟠 𝟭𝟴 𝟏𝟖 ₁₈ ¹⁸", "18 18 18 18 18");
    check("𝓫𝓮𝓵 𝔟𝔢𝔩 𝕓𝕖𝕝 𝖇𝖊𝖑 𝙗𝙚𝙡 𝚋𝚎𝚕 ᵇᵉˡ", "bel bel bel bel bel bel bel");
    check("🅐🅑 🄰🄱", "ab ab");
    check("Ｂｅｌ　０６－１２３４", "bel 06-1234");
    check("0⃣6⃣ 🔟", "06 10");
    check("bеl Аnnа Μarіa", "bel anna maria");
}

#[test]
fn regional_letters_are_flags_only_where_there_are_such_flags() {
    check("🇳🇱🇧🇪 🇩🇪", "🇳🇱🇧🇪 🇩🇪");
    check("🇧🇪🇱🇱🇪🇳", "bellen");
    check("🇳🇺🇱", "nul");
    check("🇦🇦", "aa");
}

#[test]
fn combining_tricks() {
    check("b\u{336}e\u{336}l\u{336}", "bel");
    check("1\u{332}8\u{332}", "18");
    check("a\u{34f}\u{301}\u{489}b", "ab");
    check("\u{301}bel", "bel");
    check("b\u{2060}e\u{200d}l\u{e0062}", "bel");
}

#[test]
fn invisible_signs_and_white_space() {
    check("0\u{200b}6\u{ad}1\u{feff}2\u{202e}", "0612");
    check("a \t b\u{a0}\u{2009}c", "a b c");
    check("a \r\n\r\n b\u{2028}c", "a\nb\nc");
}

#[test]
fn left_over_markup() {
    check("06<br>12<BR/>34", "06\n12\n34");
    check("<b>i</b>k <a href='x'>ben</a>", "ik ben");
    check("a&nbsp;b &amp; c &#48;&#x36;", "a b & c 06");
    check("a&amp;nbsp;b", "a b");
    check("1 < 2 > 0 &c <3", "1 < 2 > 0 &c <3");
    check("&lt;br&gt;", "\n");
    check("06&period;12&commat;a&colon;", "06.12@a:");
    check("06&nbsp12 &#48&#54 &#x30;", "06 12 06 0");
    check("be<!-- x -->l <section>a</section>", "bel\na\n");
    check(
        "p&lstrok;ot, od&ogon;, Sz&odblac;ke",
        "plot, od&ogon;, szoke",
    );
    check(
        "tom & jerry &nbs &#; &#x; <!-- a",
        "tom & jerry &nbs &#; &#x; <!-- a",
    );
}

#[test]
fn lookalikes_only_inside_words_of_the_other_script() {
    check("еѕсоrt", "escort");
    check("Ηοtel", "hotel");
    check("момиче на 18", "момиче на 18");
    check("мoмиче", "момиче");
    check("сор", "сор");
    check("Единайсет", "единайсет");
}

#[test]
fn umlaut_can_be_told_from_plain_u() {
    let original = "Ü18 u18";
    let folded = fold(original);
    assert_eq!(folded.text(), "u18 u18");
    assert_eq!(&original[folded.original(0..3)], "Ü18");
    assert_eq!(&original[folded.original(4..7)], "u18");
}

#[test]
fn the_way_back_covers_whole_characters() {
    let original = "x ß 8️⃣ &amp; é";
    let folded = fold(original);
    assert_eq!(folded.text(), "x ss 8 & e");
    for (found, expected) in [
        (0..1, "x"),
        (2..3, "ß"),
        (3..4, "ß"),
        (5..6, "8️⃣"),
        (7..8, "&amp;"),
        (9..10, "é"),
        (0..10, original),
    ] {
        assert_eq!(
            &original[folded.original(found.clone())],
            expected,
            "{found:?}"
        );
    }
    assert_eq!(folded.original(10..10), original.len()..original.len());
    assert_eq!(folded.original(40..50), original.len()..original.len());
}

#[test]
fn there_and_back() {
    let original = "bel ０６ ❤ nu";
    let folded = fold(original);
    let at = original.find("０").unwrap()..original.find(" ❤").unwrap();
    assert_eq!(folded.folded(at.clone()), 4..6);
    assert_eq!(folded.original(4..6), at);
}

/// Found by `cargo fuzz run fold`.
#[test]
fn what_is_broken_makes_no_markup_of_what_stands_before() {
    let nested = "&amp;amp;lt;br/a &amp;amp;lt;br/b&amp;amp;gt;";
    check(nested, "·br/a ·br/b>");
    check("·br/a ·br/b>", "·br/a ·br/b>");
}

#[test]
fn deep_nesting_and_size_stay_cheap() {
    for unit in [
        "&amp;",
        "<b",
        "<b>",
        "&#",
        "&#38;",
        "<",
        "a\u{301}",
        "🇳",
        "е",
        "&lt;b&gt;",
    ] {
        let text = unit.repeat(1_000_000 / unit.len());
        let folded = fold(&text);
        assert_eq!(fold(folded.text()).text(), folded.text(), "{unit:?}");
    }
}

/// Texts full of what folding treats specially.
fn awkward() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        any::<char>().prop_map(String::from),
        "[a-zA-Z0-9 &;<>#/]{0,4}",
        prop::sample::select(vec![
            "&", "amp;", "&amp;", "&lt;", "&gt;", "<b>", "</b>", "<br>", "<b ", ">", "&#38;",
            "&#x3c;", "nbsp;", "lt;", "е", "о", "р", "η", "Η", "λ", "й", "\u{306}", "и",
            "\u{200b}", "\u{fe0f}", "\u{20e3}", "🇳", "½", "\r\n", "İ", "ß", "1", "ﷺ", "＆", "；",
            "＜", "´", "ﬀ", "가", "℡",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(part, 0..24).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn folding_twice_changes_nothing(original in awkward()) {
        let once = fold(&original);
        let twice = fold(once.text());
        prop_assert_eq!(once.text(), twice.text());
    }

    #[test]
    fn every_stretch_maps_to_whole_characters_in_order(original in awkward()) {
        let folded = fold(&original);
        let mut before = 0..0;
        for (at, sign) in folded.text().char_indices() {
            let back = folded.original(at..at + sign.len_utf8());
            prop_assert!(original.get(back.clone()).is_some_and(|found| !found.is_empty()));
            prop_assert!(back.start >= before.start && back.end >= before.end);
            let there = folded.folded(back.clone());
            prop_assert!(there.start <= at && at + sign.len_utf8() <= there.end);
            before = back;
        }
    }

    #[test]
    fn the_short_way_gives_what_the_long_way_gives(original in awkward(), plain in "[ -~éßﬀ①\u{301}\u{200b}\n\t]{0,30}") {
        for text in [original, plain] {
            if let Some(folded) = plain::fold_plain(&text) {
                prop_assert_eq!(folded, fold_any(&text));
            }
        }
    }

    #[test]
    fn what_is_left_stands_where_it_stood(original in awkward(), start in 0usize..60, len in 1usize..60) {
        let folded = fold(&original);
        let start = floor_border(folded.text(), start);
        let end = ceil_border(folded.text(), start + len);
        if start == end {
            return Ok(());
        }
        let rest = folded.without(start..end);
        let (head, tail) = (&folded.text()[..start], &folded.text()[end..]);
        prop_assert_eq!(rest.text(), format!("{head}\n{tail}"));
        prop_assert_eq!(rest.original(start..start + 1), folded.original(start..end));
        for (at, sign) in rest.text().char_indices().filter(|(at, _)| *at != start) {
            let before = if at < start { at } else { at + end - start - 1 };
            let len = sign.len_utf8();
            prop_assert_eq!(rest.original(at..at + len), folded.original(before..before + len));
        }
    }

    #[test]
    fn any_range_is_answered(original in ".{0,40}", start in 0usize..80, end in 0usize..80) {
        let folded = fold(&original);
        prop_assert!(original.get(folded.original(start..end)).is_some());
        prop_assert!(folded.text().get(folded.folded(start..end)).is_some());
    }
}
