//! Path patterns with `*` and a closing `$`, and the two ways to write a path.

/// A path pattern, split at its wildcards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    pieces: Vec<Vec<u8>>,
    anchored_at_end: bool,
    length: usize,
}

impl Pattern {
    /// A pattern from its written form, already in the reading's spelling.
    pub(super) fn new(written: &[u8]) -> Self {
        let anchored_at_end = written.last() == Some(&b'$');
        let body = if anchored_at_end {
            &written[..written.len() - 1]
        } else {
            written
        };
        Self {
            pieces: body
                .split(|byte| *byte == b'*')
                .map(<[u8]>::to_vec)
                .collect(),
            anchored_at_end,
            length: written.len(),
        }
    }

    /// How specific it is: the longest match decides (RFC 9309 section 2.2.2).
    pub(super) const fn length(&self) -> usize {
        self.length
    }

    /// Whether the path begins as the pattern says. Taking each piece where it first occurs is
    /// enough, as only `*` stands between pieces; so the path is read once.
    pub(super) fn matches(&self, path: &[u8]) -> bool {
        let Some((first, others)) = self.pieces.split_first() else {
            return true;
        };
        let Some(mut rest) = path.strip_prefix(first.as_slice()) else {
            return false;
        };
        let Some((last, middle)) = others.split_last() else {
            return !self.anchored_at_end || rest.is_empty();
        };
        for piece in middle {
            match find(rest, piece) {
                Some(at) => rest = &rest[at + piece.len()..],
                None => return false,
            }
        }
        if self.anchored_at_end {
            rest.ends_with(last)
        } else {
            find(rest, last).is_some()
        }
    }
}

/// First occurrence, in linear time: the prefix function of Knuth, Morris and Pratt.
fn find(text: &[u8], piece: &[u8]) -> Option<usize> {
    if piece.is_empty() {
        return Some(0);
    }
    let mut prefix = vec![0; piece.len()];
    let mut length = 0;
    for at in 1..piece.len() {
        while length > 0 && piece[at] != piece[length] {
            length = prefix[length - 1];
        }
        if piece[at] == piece[length] {
            length += 1;
        }
        prefix[at] = length;
    }
    let mut matched = 0;
    for (at, byte) in text.iter().enumerate() {
        while matched > 0 && *byte != piece[matched] {
            matched = prefix[matched - 1];
        }
        if *byte == piece[matched] {
            matched += 1;
        }
        if matched == piece.len() {
            return Some(at + 1 - matched);
        }
    }
    None
}

/// As Google's matcher spells a pattern: hex digits in capitals, bytes beyond ASCII encoded.
pub(super) fn google_spelling(written: &[u8]) -> Vec<u8> {
    let mut spelled = Vec::with_capacity(written.len());
    let mut at = 0;
    while at < written.len() {
        let byte = written[at];
        if let Some(value) = escaped(&written[at..]) {
            push_escaped(&mut spelled, value);
            at += 3;
            continue;
        }
        if byte.is_ascii() {
            spelled.push(byte);
        } else {
            push_escaped(&mut spelled, byte);
        }
        at += 1;
    }
    spelled
}

/// As RFC 9309 section 2.2.2 compares: an encoded unreserved character is that character, all
/// others stay as they are written, hex digits in capitals. `*` and `$` that are meant literally
/// are encoded: in a path always, in a pattern where `$` does not close it.
pub(super) fn rfc_spelling(written: &[u8], is_pattern: bool) -> Vec<u8> {
    let mut spelled = Vec::with_capacity(written.len());
    let mut at = 0;
    while at < written.len() {
        let byte = written[at];
        if let Some(value) = escaped(&written[at..]) {
            if is_unreserved(value) {
                spelled.push(value);
            } else {
                push_escaped(&mut spelled, value);
            }
            at += 3;
            continue;
        }
        let closes = is_pattern && at + 1 == written.len();
        match byte {
            b'*' if !is_pattern => push_escaped(&mut spelled, byte),
            b'$' if !closes => push_escaped(&mut spelled, byte),
            _ if byte.is_ascii() => spelled.push(byte),
            _ => push_escaped(&mut spelled, byte),
        }
        at += 1;
    }
    spelled
}

fn escaped(text: &[u8]) -> Option<u8> {
    let [b'%', high, low, ..] = text else {
        return None;
    };
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()
}

fn push_escaped(spelled: &mut Vec<u8>, byte: u8) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    spelled.push(b'%');
    spelled.push(HEX[usize::from(byte >> 4)]);
    spelled.push(HEX[usize::from(byte & 15)]);
}

const fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The obvious matcher, as oracle: tries every way to spend a `*`.
    fn slow(pattern: &[u8], path: &[u8]) -> bool {
        match pattern.split_first() {
            None => true,
            Some((b'$', [])) => path.is_empty(),
            Some((b'*', rest)) => (0..=path.len()).any(|skip| slow(rest, &path[skip..])),
            Some((byte, rest)) => path
                .split_first()
                .is_some_and(|(first, others)| first == byte && slow(rest, others)),
        }
    }

    #[test]
    fn agrees_with_the_slow_matcher_on_all_short_patterns() {
        let mut patterns: Vec<Vec<u8>> = vec![Vec::new()];
        for _ in 0..5 {
            let longer: Vec<Vec<u8>> = patterns
                .iter()
                .flat_map(|p| b"ab*".map(|sign| [p.as_slice(), &[sign]].concat()))
                .collect();
            patterns.extend(longer);
            patterns.sort();
            patterns.dedup();
        }
        let paths: Vec<Vec<u8>> = patterns
            .iter()
            .filter(|path| !path.contains(&b'*'))
            .cloned()
            .collect();
        for written in &patterns {
            for end in [b"".as_slice(), b"$"] {
                let written = [written.as_slice(), end].concat();
                let pattern = Pattern::new(&written);
                for path in &paths {
                    assert_eq!(
                        pattern.matches(path),
                        slow(&written, path),
                        "{:?} on {:?}",
                        String::from_utf8_lossy(&written),
                        String::from_utf8_lossy(path)
                    );
                }
            }
        }
    }

    #[test]
    fn a_hostile_pattern_is_no_slower() {
        let pattern = Pattern::new(&b"*a".repeat(5_000));
        assert!(!pattern.matches(&b"a".repeat(4_999)));
        let pattern = Pattern::new(&[b"*".as_slice(), &b"a".repeat(100_000), b"b"].concat());
        assert!(!pattern.matches(&b"a".repeat(400_000)));
    }
}
