//! Regional letters, which are shown as flags in pairs: a row of flags, or a word spelt with them.

use super::Piece;

/// The pairs that have a flag (Unicode 17, `emoji-sequences.txt`, RGI_Emoji_Flag_Sequence).
const FLAGS: &str = "\
    ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn \
    bo bq br bs bt bv bw by bz ca cc cd cf cg ch ci ck cl cm cn co cp cr cu cv cw cx cy cz \
    de dg dj dk dm do dz ea ec ee eg eh er es et eu fi fj fk fm fo fr ga gb gd ge gf gg gh \
    gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu ic id ie il im in io iq ir is it \
    je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md \
    me mf mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np \
    nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se \
    sg sh si sj sk sl sm sn so sr ss st sv sx sy sz ta tc td tf tg th tj tk tl tm tn to tr \
    tt tv tw tz ua ug um un us uy uz va vc ve vg vi vn vu wf ws xk ye yt za zm zw";

/// A row of regional letters with their bytes: flags stay, and what cannot be flags is a word.
pub(super) fn spell_regional(row: &[(char, u32, u32)], pieces: &mut Vec<Piece>) {
    let is_flags = row.chunks(2).all(is_flag);
    pieces.extend(row.iter().map(|&(sign, start, end)| Piece {
        sign: if is_flags { sign } else { letter(sign) },
        start,
        end,
    }));
}

/// For each first letter the second ones, as bits.
const SECOND_LETTERS: [u32; 26] = {
    let pairs = FLAGS.as_bytes();
    let mut letters = [0; 26];
    let mut at = 0;
    while at < pairs.len() {
        letters[(pairs[at] - b'a') as usize] |= 1 << (pairs[at + 1] - b'a');
        at += 3;
    }
    letters
};

fn is_flag(pair: &[(char, u32, u32)]) -> bool {
    let [(one, ..), (two, ..)] = pair else {
        return false;
    };
    SECOND_LETTERS[place(*one)] & 1 << place(*two) != 0
}

fn letter(sign: char) -> char {
    char::from(b'a' + u8::try_from(place(sign)).unwrap_or(0))
}

/// Its place in the alphabet.
fn place(sign: char) -> usize {
    ((u32::from(sign) - u32::from('\u{1f1e6}')) % 26) as usize
}
