use encoding_rs::WINDOWS_1252;

use super::*;
use crate::test_support::shared;

/// Published prescan cases; where the meta element says nothing, the fallback is windows-1252.
fn published(file: &str) -> Option<(usize, Vec<String>)> {
    let bytes = shared(&format!("crawler/charset-html5lib/{file}"))?;
    let mut cases: Vec<(Vec<u8>, String)> = Vec::new();
    let (mut data, mut encoding, mut into_data) = (Vec::new(), String::new(), false);
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        match line.trim_ascii_end() {
            b"#data" => {
                if !encoding.is_empty() {
                    cases.push((std::mem::take(&mut data), std::mem::take(&mut encoding)));
                }
                into_data = true;
            }
            b"#encoding" => into_data = false,
            _ if into_data => data.extend_from_slice(line),
            text if encoding.is_empty() => {
                encoding = String::from_utf8_lossy(text).into_owned();
            }
            _ => {}
        }
    }
    cases.push((data, encoding));
    for (data, _) in &mut cases {
        data.pop_if(|byte| *byte == b'\n');
    }
    let (mut passed, mut failed) = (0, Vec::new());
    for (data, expected) in cases {
        let mark = Encoding::for_bom(&data).map(|(encoding, _)| encoding);
        let found = mark.or_else(|| prescan(&data)).unwrap_or(WINDOWS_1252);
        if Encoding::for_label(expected.as_bytes()) == Some(found) {
            passed += 1;
        } else {
            let start = String::from_utf8_lossy(&data[..data.len().min(80)]).into_owned();
            failed.push(format!("{start:?}: {} not {expected}", found.name()));
        }
    }
    Some((passed, failed))
}

#[test]
fn html5lib_cases() {
    for (file, expected) in [
        ("tests1.dat", 59),
        ("tests2.dat", 22),
        ("test-yahoo-jp.dat", 1),
    ] {
        if let Some(found) = published(file) {
            assert_eq!(found, (expected, Vec::new()), "{file}");
        }
    }
}

#[track_caller]
fn check(body: &[u8], header: Option<&str>, profile: Option<&'static Encoding>, expected: &str) {
    let decoded = decode(body, header, profile);
    assert_eq!(
        format!(
            "{} {} {:?}",
            decoded.text,
            decoded.encoding.name(),
            decoded.told_by
        ),
        expected
    );
}

#[test]
fn who_tells_the_encoding() {
    check(
        b"\xEF\xBB\xBFcaf\xC3\xA9",
        Some("text/html; charset=windows-1252"),
        None,
        "café UTF-8 Mark",
    );
    check(
        b"caf\xE9",
        Some("text/html; charset=utf-8"),
        Some(WINDOWS_1252),
        "café windows-1252 Profile",
    );
    check(
        b"caf\xE9",
        Some("text/html;charset=\"ISO-8859-1\""),
        None,
        "café windows-1252 Header",
    );
    check(
        b"<meta charset=utf-8>\xC3\xA9",
        None,
        None,
        "<meta charset=utf-8>é UTF-8 Meta",
    );
    check(
        "Zoë, Groningen".as_bytes(),
        None,
        None,
        "Zoë, Groningen UTF-8 Guess",
    );
    check(
        b"beschikbaar op caf\xE9 \x80 50",
        None,
        None,
        "beschikbaar op café € 50 windows-1252 Guess",
    );
    check(
        b"caf\xE9",
        Some("text/html; charset=utf-8"),
        None,
        "caf\u{FFFD} UTF-8 Header",
    );
}
