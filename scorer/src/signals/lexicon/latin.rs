//! Bulgarian in Latin letters, as it is typed: `ученичка`, `uchenichka`, `u4eni4ka`.

/// Letters of a cue below which its Latin form may be a word of another language.
const LEAST_LETTERS: usize = 5;

/// The letters that are typed in several ways, one way a column.
const LETTERS: [(char, [&str; 5]); 11] = [
    ('ж', ["zh", "zh", "j", "zh", "j"]),
    ('й', ["y", "y", "i", "i", "j"]),
    ('х', ["h", "h", "h", "h", "h"]),
    ('ц', ["ts", "ts", "c", "ts", "c"]),
    ('ч', ["ch", "ch", "4", "ch", "4"]),
    ('ш', ["sh", "sh", "6", "sh", "6"]),
    ('щ', ["sht", "sht", "6t", "sht", "6t"]),
    ('ъ', ["a", "u", "u", "u", "y"]),
    ('ь', ["y", "y", "i", "i", "y"]),
    ('ю', ["yu", "yu", "iu", "iu", "yu"]),
    ('я', ["ya", "ya", "q", "ia", "q"]),
];

/// The other letters, in the order of the alphabet.
const PLAIN: [(char, char); 19] = [
    ('а', 'a'),
    ('б', 'b'),
    ('в', 'v'),
    ('г', 'g'),
    ('д', 'd'),
    ('е', 'e'),
    ('з', 'z'),
    ('и', 'i'),
    ('к', 'k'),
    ('л', 'l'),
    ('м', 'm'),
    ('н', 'n'),
    ('о', 'o'),
    ('п', 'p'),
    ('р', 'r'),
    ('с', 's'),
    ('т', 't'),
    ('у', 'u'),
    ('ф', 'f'),
];

/// The ways to type a form in Latin letters; none for a short one or one that is Latin already.
pub(super) fn latin(form: &str) -> Vec<String> {
    let n_letters = form.chars().filter(|sign| is_cyrillic(*sign)).count();
    if n_letters < LEAST_LETTERS {
        return Vec::new();
    }
    let mut ways: Vec<String> = (0..5).map(|way| typed(form, way)).collect();
    ways.sort();
    ways.dedup();
    ways
}

/// The same for words that count only beside others: short ones too, with a way of their own for
/// `ъ`, so that `вдига` and `тя` are read.
pub(super) fn of_words(form: &str) -> Vec<String> {
    let n_letters = form.chars().filter(|sign| is_cyrillic(*sign)).count();
    if n_letters < 2 {
        return Vec::new();
    }
    let mut ways: Vec<String> = (0..5).map(|way| typed(form, way)).collect();
    for way in 0..5 {
        let typed = typed(&form.replace('ъ', "y"), way);
        ways.push(typed);
    }
    ways.sort();
    ways.dedup();
    ways
}

fn typed(form: &str, way: usize) -> String {
    let mut text = String::with_capacity(form.len());
    for sign in form.chars() {
        if let Some((_, ways)) = LETTERS.iter().find(|(letter, _)| *letter == sign) {
            text.push_str(ways[way]);
        } else if let Some((_, plain)) = PLAIN.iter().find(|(letter, _)| *letter == sign) {
            text.push(*plain);
        } else {
            text.push(sign);
        }
    }
    text
}

fn is_cyrillic(sign: char) -> bool {
    matches!(sign, 'а'..='я')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_typed_in_several_ways() {
        assert_eq!(
            latin("ученичка съм"),
            [
                "u4eni4ka sum",
                "u4eni4ka sym",
                "uchenichka sam",
                "uchenichka sum"
            ]
        );
        assert_eq!(latin("съм"), [""; 0]);
        assert_eq!(latin("teen"), [""; 0]);
    }
}
