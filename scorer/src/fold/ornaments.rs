//! Signs that stand for plain letters and digits and that NFKC leaves as they are, or takes apart in
//! another way than a reader would.

/// What NFKC leaves as it is and what stands for something plain: special letters, white space,
/// dashes, quotes, circled and ornamental signs.
pub(super) fn written_out(sign: char) -> Option<&'static str> {
    const LETTERS: [&str; 26] = [
        "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r",
        "s", "t", "u", "v", "w", "x", "y", "z",
    ];
    const NUMBERS: [&str; 21] = [
        "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16",
        "17", "18", "19", "20",
    ];
    let place = |first: char| (u32::from(sign) - u32::from(first)) as usize;
    Some(match sign {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => "\n",
        '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}' => " ",
        _ if sign.is_whitespace() => " ",
        '\u{2010}'..='\u{2015}'
        | '\u{2212}'
        | '\u{fe58}'
        | '\u{207b}'
        | '\u{2043}'
        | '\u{30fc}' => "-",
        '\u{b4}' | '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2bc}' | '\u{2b9}' | '\u{ff07}' => "'",
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{ab}' | '\u{bb}' => "\"",
        '\u{2044}' | '\u{2215}' => "/",
        '½' => ",5",
        '¼' => ",25",
        '¾' => ",75",
        'ß' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ł' | 'Ł' | 'ƚ' | 'ʟ' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' | 'ᴅ' | 'ɖ' => "d",
        'ø' | 'Ø' | 'ᴏ' | 'ɵ' => "o",
        'ħ' | 'Ħ' | 'ʜ' => "h",
        'ŧ' | 'Ŧ' | 'ᴛ' => "t",
        'þ' | 'Þ' => "th",
        'ı' | 'ɪ' | 'ɨ' => "i",
        'ȷ' | 'ᴊ' => "j",
        'ĸ' | 'ᴋ' => "k",
        'ŋ' | 'Ŋ' | 'ɴ' => "n",
        'ɑ' | 'ᴀ' => "a",
        'ɡ' | 'ɢ' => "g",
        'ə' | 'Ə' | 'ᴇ' => "e",
        'ʙ' | 'ƀ' => "b",
        'ᴄ' => "c",
        'ꜰ' => "f",
        'ᴍ' => "m",
        'ᴘ' => "p",
        'ʀ' => "r",
        'ꜱ' => "s",
        'ᴜ' | 'ʉ' => "u",
        'ᴠ' => "v",
        'ᴡ' => "w",
        'ʏ' => "y",
        'ᴢ' => "z",
        // ornamental letters that have no compatibility form, negative circled and squared, or one
        // with brackets
        '\u{249c}'..='\u{24b5}' => LETTERS[place('\u{249c}')],
        '\u{1f110}'..='\u{1f129}' => LETTERS[place('\u{1f110}')],
        '\u{1f150}'..='\u{1f169}' => LETTERS[place('\u{1f150}')],
        '\u{1f170}'..='\u{1f189}' => LETTERS[place('\u{1f170}')],
        // ornamental numbers likewise
        '\u{2776}'..='\u{277f}' => NUMBERS[place('\u{2776}') + 1],
        '\u{2780}'..='\u{2789}' => NUMBERS[place('\u{2780}') + 1],
        '\u{278a}'..='\u{2793}' => NUMBERS[place('\u{278a}') + 1],
        '\u{24eb}'..='\u{24f4}' => NUMBERS[place('\u{24eb}') + 11],
        '\u{24f5}'..='\u{24fe}' => NUMBERS[place('\u{24f5}') + 1],
        '\u{2474}'..='\u{2487}' => NUMBERS[place('\u{2474}') + 1],
        '\u{2488}'..='\u{249b}' => NUMBERS[place('\u{2488}') + 1],
        '\u{1f100}' => "0",
        '\u{1f101}'..='\u{1f10a}' => NUMBERS[place('\u{1f101}')],
        '\u{24ff}' | '\u{1f10b}' | '\u{1f10c}' => "0",
        '\u{1f51f}' => "10",
        _ => return None,
    })
}

/// First signs of the rows of decimal digits (Unicode 17, general category Nd) below the
/// mathematical ones, which NFKC already brings to ASCII.
const ZEROS: [char; 66] = [
    '\u{660}',
    '\u{6f0}',
    '\u{7c0}',
    '\u{966}',
    '\u{9e6}',
    '\u{a66}',
    '\u{ae6}',
    '\u{b66}',
    '\u{be6}',
    '\u{c66}',
    '\u{ce6}',
    '\u{d66}',
    '\u{de6}',
    '\u{e50}',
    '\u{ed0}',
    '\u{f20}',
    '\u{1040}',
    '\u{1090}',
    '\u{17e0}',
    '\u{1810}',
    '\u{1946}',
    '\u{19d0}',
    '\u{1a80}',
    '\u{1a90}',
    '\u{1b50}',
    '\u{1bb0}',
    '\u{1c40}',
    '\u{1c50}',
    '\u{a620}',
    '\u{a8d0}',
    '\u{a900}',
    '\u{a9d0}',
    '\u{a9f0}',
    '\u{aa50}',
    '\u{abf0}',
    '\u{104a0}',
    '\u{10d30}',
    '\u{10d40}',
    '\u{11066}',
    '\u{110f0}',
    '\u{11136}',
    '\u{111d0}',
    '\u{112f0}',
    '\u{11450}',
    '\u{114d0}',
    '\u{11650}',
    '\u{116c0}',
    '\u{116d0}',
    '\u{116da}',
    '\u{11730}',
    '\u{118e0}',
    '\u{11950}',
    '\u{11bf0}',
    '\u{11c50}',
    '\u{11d50}',
    '\u{11da0}',
    '\u{11de0}',
    '\u{11f50}',
    '\u{16130}',
    '\u{16a60}',
    '\u{16ac0}',
    '\u{16b50}',
    '\u{16d70}',
    '\u{1e140}',
    '\u{1e2f0}',
    '\u{1e950}',
];

/// The ASCII digit for a decimal digit of another script.
pub(super) fn digit(sign: char) -> Option<char> {
    if sign < ZEROS[0] {
        return None;
    }
    let row = ZEROS.partition_point(|&zero| zero <= sign);
    let value = u32::from(sign) - u32::from(ZEROS[row.checked_sub(1)?]);
    char::from_digit(value, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_digits_are_in_order() {
        assert!(ZEROS.is_sorted());
        assert_eq!(digit('٣'), Some('3'));
        assert_eq!(digit('ж'), None);
    }
}
