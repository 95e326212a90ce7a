//! Tests of the input decoder: every key form, every split, every kind of noise (SAFETY.md, Terminal: input).

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::paste::PASTE_BYTES_MAX;
use super::*;

/// Everything that `bytes` give in one piece, without a time-out.
fn decode(bytes: &[u8]) -> Vec<Input> {
    let mut out = Vec::new();
    Decoder::new().feed(bytes, &mut out);
    out
}

/// What the bytes give when nothing follows them.
fn decode_and_wait(bytes: &[u8]) -> Vec<Input> {
    let mut out = Vec::new();
    let mut decoder = Decoder::new();
    decoder.feed(bytes, &mut out);
    decoder.timeout(&mut out);
    assert_eq!(decoder.pending(), None, "{bytes:?}");
    out
}

fn plain(key: Key) -> KeyPress {
    KeyPress::plain(key)
}

fn keys(keys: &[Key]) -> Vec<Input> {
    keys.iter().map(|&key| Input::Key(plain(key))).collect()
}

fn key_q() -> Input {
    Input::Key(plain(Key::Char('q')))
}

fn with(key: Key, ctrl: bool, alt: bool, shift: bool) -> KeyPress {
    KeyPress { key, ctrl, alt, shift }
}

/// A sequence of bytes and the key that it is.
type Form = (&'static [u8], KeyPress);

/// The forms of FACTS.md section 2, by the terminals that send them.
fn key_forms() -> Vec<Form> {
    [typing_forms(), moving_forms(), modified_forms(), function_forms()].concat()
}

fn typing_forms() -> Vec<Form> {
    use Key::*;
    vec![
        // Plain, and the control characters that are keys of their own.
        (b"a", plain(Char('a'))),
        (b"A", plain(Char('A'))),
        (b" ", plain(Char(' '))),
        (b"~", plain(Char('~'))),
        ("é".as_bytes(), plain(Char('é'))),
        ("日".as_bytes(), plain(Char('日'))),
        ("🙂".as_bytes(), plain(Char('🙂'))),
        (b"\r", plain(Enter)),
        (b"\n", plain(Enter)),
        (b"\t", plain(Tab)),
        (b"\x7f", plain(Backspace)),
        (b"\x08", plain(Backspace)),
        (b"\x00", KeyPress::ctrl(' ')),
        (b"\x01", KeyPress::ctrl('a')),
        (b"\x1a", KeyPress::ctrl('z')),
        (b"\x1c", KeyPress::ctrl('\\')),
        (b"\x1d", KeyPress::ctrl(']')),
        (b"\x1e", KeyPress::ctrl('^')),
        (b"\x1f", KeyPress::ctrl('_')),
    ]
}

fn moving_forms() -> Vec<Form> {
    use Key::*;
    vec![
        // Arrows, Home and End: CSI (xterm), SS3 (application mode), and the number forms of rxvt, PuTTY and consoles.
        (b"\x1b[A", plain(Up)),
        (b"\x1b[B", plain(Down)),
        (b"\x1b[C", plain(Right)),
        (b"\x1b[D", plain(Left)),
        (b"\x1bOA", plain(Up)),
        (b"\x1bOB", plain(Down)),
        (b"\x1bOC", plain(Right)),
        (b"\x1bOD", plain(Left)),
        (b"\x1b[H", plain(Home)),
        (b"\x1bOH", plain(Home)),
        (b"\x1b[1~", plain(Home)),
        (b"\x1b[7~", plain(Home)),
        (b"\x1b[F", plain(End)),
        (b"\x1bOF", plain(End)),
        (b"\x1b[4~", plain(End)),
        (b"\x1b[8~", plain(End)),
        (b"\x1b[2~", plain(Insert)),
        (b"\x1b[3~", plain(Delete)),
        (b"\x1b[5~", plain(PageUp)),
        (b"\x1b[6~", plain(PageDown)),
        (b"\x1b[Z", plain(BackTab)),
        // Modifiers.
        (b"\x1b[1;2A", with(Up, false, false, true)),
        (b"\x1b[1;3B", with(Down, false, true, false)),
        (b"\x1b[1;5C", with(Right, true, false, false)),
        (b"\x1b[1;8D", with(Left, true, true, true)),
        (b"\x1b[1;5H", with(Home, true, false, false)),
        (b"\x1b[1;5F", with(End, true, false, false)),
        (b"\x1b[3;5~", with(Delete, true, false, false)),
        (b"\x1b[6;3~", with(PageDown, false, true, false)),
        (b"\x1b[15;2~", with(F(5), false, false, true)),
        (b"\x1b[1;5P", with(F(1), true, false, false)),
    ]
}

fn modified_forms() -> Vec<Form> {
    use Key::*;
    vec![
        // Alt: ESC before the key.
        (b"\x1bx", with(Char('x'), false, true, false)),
        (b"\x1bX", with(Char('X'), false, true, false)),
        ("\x1bé".as_bytes(), with(Char('é'), false, true, false)),
        (b"\x1b\r", with(Enter, false, true, false)),
        (b"\x1b\x7f", with(Backspace, false, true, false)),
        (b"\x1b\x08", with(Backspace, false, true, false)),
        (b"\x1b\x01", with(Char('a'), true, true, false)),
        (b"\x1b\x1f", with(Char('_'), true, true, false)),
        // Kitty's keyboard protocol, should another program have left it on.
        (b"\x1b[97u", plain(Char('a'))),
        (b"\x1b[97;5u", KeyPress::ctrl('a')),
        (b"\x1b[97;2u", plain(Char('A'))),
        (b"\x1b[97:65;2u", plain(Char('A'))),
        (b"\x1b[97;1:2u", plain(Char('a'))),
        (b"\x1b[97;;229u", plain(Char('a'))),
        (b"\x1b[104;5u", plain(Backspace)),
        (b"\x1b[52;5u", KeyPress::ctrl('4')),
        (b"\x1b[27u", plain(Esc)),
        (b"\x1b[13u", plain(Enter)),
        (b"\x1b[127;3u", with(Backspace, false, true, false)),
        (b"\x1b[9;2u", plain(BackTab)),
        (b"\x1b[57414u", plain(Enter)),
    ]
}

fn function_forms() -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    let function: [(u8, &[&'static [u8]]); 12] = [
        (1, &[b"\x1bOP", b"\x1b[P", b"\x1b[11~", b"\x1b[[A"]),
        (2, &[b"\x1bOQ", b"\x1b[Q", b"\x1b[12~", b"\x1b[[B"]),
        (3, &[b"\x1bOR", b"\x1b[13~", b"\x1b[[C"]),
        (4, &[b"\x1bOS", b"\x1b[S", b"\x1b[14~", b"\x1b[[D"]),
        (5, &[b"\x1b[15~", b"\x1b[[E"]),
        (6, &[b"\x1b[17~"]),
        (7, &[b"\x1b[18~"]),
        (8, &[b"\x1b[19~"]),
        (9, &[b"\x1b[20~"]),
        (10, &[b"\x1b[21~"]),
        (11, &[b"\x1b[23~"]),
        (12, &[b"\x1b[24~"]),
    ];
    for (number, sequences) in function {
        forms.extend(sequences.iter().map(|&bytes| (bytes, plain(Key::F(number)))));
    }
    forms
}

/// What terminals send that is not a key: each must vanish whole.
const NOT_KEYS: &[&[u8]] = &[
    b"\x1b[?64;1;2c",                     // DA1
    b"\x1b[?1;2c",                        //
    b"\x1b[>0;276;0c",                    // DA2
    b"\x1b[=5u",                          //
    b"\x1b[12;40R",                       // CPR
    b"\x1b[1;2R",                         // CPR, or Shift-F3: nobody can tell, so never a key
    b"\x1b[?12;40R",                      // DECXCPR
    b"\x1b[0n",                           // DSR
    b"\x1b[?997;1n",                      //
    b"\x1b[?2026;1$y",                    // DECRPM
    b"\x1b[?9999;0$y",                    //
    b"\x1b[4;2$y",                        // the ANSI form
    b"\x1b[?9999z",                       // unknown, on which termina alone gets stuck
    b"\x1b[!p",                           // unknown, whose end termina alone takes for typing
    b"\x1b[;5A",                          //
    b"\x1b[8;24;80t",                     // window size
    b"\x1b[1;2;3;4x",                     // DECREQTPARM
    b"\x1b]11;rgb:2828/2828/2828\x1b\\",  // OSC 11
    b"\x1b]11;rgb:2828/2828/2828\x07",    //
    b"\x1b]4;1;rgb:ffff/0000/0000\x1b\\", // OSC 4
    b"\x1b]52;c;cXFxcQ==\x07",            // OSC 52
    b"\x1bP>|XTerm(370)\x1b\\",           // XTVERSION
    b"\x1bP1$r0m\x1b\\",                  // DECRQSS
    b"\x1bP1+r544e=787465726d\x1b\\",     // XTGETTCAP
    b"\x1b[I",                            // focus
    b"\x1b[O",                            //
    b"\x1b[<0;12;7M",                     // SGR mouse
    b"\x1b[<64;12;7m",                    //
    b"\x1b[M !!",                         // X10 mouse
    b"\x1b[M\x20\xff\xfe",                // X10 mouse, far right
    b"\x1b[32;12;7M",                     // rxvt mouse
    b"\x1bO5A",                           // a modified SS3 key of old terminals
    b"\x1b[97;1:3u",                      // a release
    b"\x1b[97;9u",                        // Super-a
    b"\x1b[57441u",                       // Shift alone
    b"\x1b[25~",                          // F13
    b"\x1b[1u",                           // a control character as a code point
    b"\x1b[200;1~",                       // not the start of a paste
    b"\x1b[201~",                         // the end of none
    b"\xc2\x85",                          // NEL, a C1 character
];

#[test]
fn every_form_of_every_key() {
    for (bytes, key) in key_forms() {
        assert_eq!(decode(bytes), [Input::Key(key)], "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn what_a_terminal_answers_is_never_a_key() {
    for &bytes in NOT_KEYS {
        let mut line = bytes.to_vec();
        line.push(b'q');
        assert_eq!(
            decode(&line),
            [Input::Key(plain(Key::Char('q')))],
            "{:?}",
            String::from_utf8_lossy(bytes)
        );
        assert_eq!(decode_and_wait(bytes), [], "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn what_stays_unfinished_is_decided_by_waiting() {
    let alt = |letter| Input::Key(with(Key::Char(letter), false, true, false));
    let cases: &[(&[u8], Vec<Input>)] = &[
        (b"\x1b", vec![Input::Key(plain(Key::Esc))]),
        (b"\x1b[", vec![alt('[')]),
        (b"\x1bO", vec![alt('O')]),
        (b"\x1b]", vec![alt(']')]),
        (b"\x1bP", vec![alt('P')]),
        (b"\x1b[1;", vec![]),
        (b"\x1b[[", vec![]),
        (b"\x1b[M!", vec![]),
        (b"\x1b]11;rgb:", vec![]),
        (b"\x1b]11;rgb:1/2/3\x1b", vec![]),
        (b"\xe2\x82", vec![]),
        (b"\x1b\xe2\x82", vec![]),
        (b"\x1b\x1b", vec![Input::Key(plain(Key::Esc)); 2]),
    ];
    for (bytes, inputs) in cases {
        let mut decoder = Decoder::new();
        decoder.feed(bytes, &mut Vec::new());
        assert_eq!(decoder.pending(), Some(SEQUENCE_TIMEOUT), "{bytes:?}");
        assert_eq!(&decode_and_wait(bytes), inputs, "{bytes:?}");
    }
    assert_eq!(decode_and_wait(b"a"), [Input::Key(plain(Key::Char('a')))]);
}

#[test]
fn an_escape_or_a_control_key_cuts_off_what_was_unfinished() {
    assert_eq!(decode(b"\x1b[12;\x1b[A"), keys(&[Key::Up]));
    assert_eq!(decode(b"\x1bO\x1b[A"), keys(&[Key::Up]));
    assert_eq!(decode(b"\x1b]0;title\x1b[A"), keys(&[Key::Up]));
    assert_eq!(decode(b"\x1b]0;title\x1b\x1b[A"), keys(&[Key::Up]));
    assert_eq!(decode(b"\x1b\x1b[A"), keys(&[Key::Esc, Key::Up]));
    assert_eq!(decode(b"\xe2\x82\x1b[A"), keys(&[Key::Up]));
    assert_eq!(decode(b"\x1b[12\r"), keys(&[Key::Enter]));
    assert_eq!(decode(b"\x1b]nothing\r"), keys(&[Key::Enter]));
    assert_eq!(decode(b"\x1b[M!\r"), keys(&[Key::Enter]));
}

#[test]
fn broken_utf8_takes_nothing_with_it() {
    let broken: &[&[u8]] = &[
        b"\x80",
        b"\xff",
        b"\xc0",
        b"\xc1\x81",
        b"\xc3",
        b"\xe2\x82",
        b"\xf0\x9f\x99",
        b"\xe0\x80\x80",
        b"\xed\xa0\x80",
        b"\xf5\x80\x80\x80",
        b"\xf4\x90\x80\x80",
        b"\x9b",
        b"\x1b\xc3",
        b"\x1b\xff",
    ];
    for &bytes in broken {
        let mut line = bytes.to_vec();
        line.push(b'q');
        assert_eq!(decode(&line), keys(&[Key::Char('q')]), "{bytes:?}");
    }
    assert_eq!(decode(b"\xe2\xc3\xa9"), [Input::Key(plain(Key::Char('é')))]);
}

#[test]
fn a_paste_is_one_input_with_all_that_was_in_it() {
    let paste = |text: &str| Input::Paste(text.to_owned());
    assert_eq!(decode(b"\x1b[200~a\r\nb\tc\x1b[201~q"), [paste("a\r\nb\tc"), key_q()]);
    assert_eq!(decode("\x1b[200~日本 🙂\x1b[201~q".as_bytes()), [paste("日本 🙂"), key_q()]);
    assert_eq!(decode(b"\x1b[200~\x1b[A\x1b[20\x1b\x1b[201~q"), [paste("\x1b[A\x1b[20\x1b"), key_q()]);
    assert_eq!(decode(b"\x1b[200~\x1b[200~x\x1b[201~q"), [paste("\x1b[200~x"), key_q()]);
    assert_eq!(decode(b"\x1b[200~a\xff\xc3b\xe2\x82\x1b[201~q"), [paste("ab"), key_q()]);
    assert_eq!(decode(b"\x1b[200~\x1b[201~q"), keys(&[Key::Char('q')]));
}

#[test]
fn an_unfinished_paste_ends_by_waiting_and_keeps_its_text() {
    let mut decoder = Decoder::new();
    let mut out = Vec::new();
    decoder.feed(b"\x1b[200~half a sentence\x1b[2", &mut out);
    assert_eq!((out.as_slice(), decoder.pending()), (&[] as &[Input], Some(PASTE_TIMEOUT)));
    decoder.timeout(&mut out);
    assert_eq!(out, [Input::Paste("half a sentence".to_owned())]);
    out.clear();
    decoder.feed(b"q", &mut out);
    assert_eq!((out.as_slice(), decoder.pending()), (&[Input::Key(plain(Key::Char('q')))][..], None));
}

#[test]
fn a_paste_over_the_bound_keeps_its_start_and_takes_no_key_with_it() {
    for text in ["x".repeat(PASTE_BYTES_MAX * 2), "é€🙂".repeat(PASTE_BYTES_MAX / 4)] {
        let bytes = [b"\x1b[200~", text.as_bytes(), b"\x1b[201~q"].concat();
        let mut decoder = Decoder::new();
        let mut out = Vec::new();
        for piece in bytes.chunks(1_000) {
            decoder.feed(piece, &mut out);
            assert!(decoder.heap_bytes() <= PASTE_BYTES_MAX);
        }
        let [Input::Paste(kept), Input::Key(key)] = out.as_slice() else { panic!("{} inputs", out.len()) };
        assert!(text.starts_with(kept.as_str()));
        assert!(kept.len() > PASTE_BYTES_MAX - 4 && kept.len() <= PASTE_BYTES_MAX);
        assert_eq!(*key, plain(Key::Char('q')));
        assert_eq!(decoder.heap_bytes(), 0);
    }
    let exact = [b"\x1b[200~", "y".repeat(PASTE_BYTES_MAX).as_bytes(), b"\x1b[201~"].concat();
    assert_eq!(decode(&exact), [Input::Paste("y".repeat(PASTE_BYTES_MAX))]);
}

#[test]
fn endless_sequences_are_followed_without_being_kept() {
    for start in [&b"\x1b["[..], b"\x1b[?", b"\x1b[<", b"\x1b]", b"\x1bP", b"\x1bO"] {
        let mut decoder = Decoder::new();
        let mut out = Vec::new();
        decoder.feed(start, &mut out);
        decoder.feed(&b"1;".repeat(100_000), &mut out);
        assert_eq!((out.len(), decoder.heap_bytes()), (0, 0), "{start:?}");
        decoder.feed(b"\x1b[A", &mut out);
        assert_eq!(out, [Input::Key(plain(Key::Up))], "{start:?}");
    }
}

/// A bit of everything, several times over.
fn corpus() -> Vec<u8> {
    let mut bytes = Vec::new();
    for (form, _) in key_forms() {
        bytes.extend_from_slice(form);
    }
    bytes.extend_from_slice(b"\x1b[200~pasted \xe2\x82\xac\x1b[2\r\n\x1b[201~");
    for &reply in NOT_KEYS {
        bytes.extend_from_slice(reply);
        bytes.extend_from_slice("ü".as_bytes());
    }
    bytes.extend_from_slice(b"\x1b\x1b[A\xff\xc3z\x1b[12\r");
    bytes
}

#[test]
fn every_split_gives_the_same() {
    let bytes = corpus();
    let whole = decode(&bytes);
    // Each key, the paste, an `ü` after each reply; then Esc, Up, z and Enter.
    assert_eq!(whole.len(), key_forms().len() + 1 + NOT_KEYS.len() + 4);
    for at in 0..=bytes.len() {
        let mut out = Vec::new();
        let mut decoder = Decoder::new();
        decoder.feed(&bytes[..at], &mut out);
        decoder.feed(&bytes[at..], &mut out);
        assert_eq!(out, whole, "split at {at}");
    }
    let mut out = Vec::new();
    let mut decoder = Decoder::new();
    bytes.iter().for_each(|&byte| decoder.feed(&[byte], &mut out));
    assert_eq!(out, whole, "byte by byte");
}

/// Bytes that are likelier to be parts of sequences than random ones.
fn noise() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..12),
        proptest::sample::select(corpus()).prop_map(|byte| vec![byte]),
        proptest::sample::select(NOT_KEYS)
            .prop_flat_map(|reply| (0..=reply.len()).prop_map(|end| reply[..end].to_vec())),
        proptest::sample::select(vec![
            &b"\x1b"[..],
            b"\x1b[",
            b"\x1b]",
            b"\x1bP",
            b"\x1bO",
            b"\x1b[200~",
            b"\x1b[201~"
        ])
        .prop_map(<[u8]>::to_vec),
    ];
    proptest::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn after_any_noise_and_a_pause_q_is_q(noise in noise()) {
        let mut out = Vec::new();
        let mut decoder = Decoder::new();
        decoder.feed(&noise, &mut out);
        if decoder.pending().is_some() {
            decoder.timeout(&mut out);
        }
        prop_assert_eq!(decoder.pending(), None);
        prop_assert!(decoder.heap_bytes() == 0);
        for input in &out {
            let control = matches!(input, Input::Key(KeyPress { key: Key::Char(typed), .. }) if typed.is_control());
            prop_assert!(!control, "{:?}", input);
        }
        out.clear();
        decoder.feed(b"q", &mut out);
        prop_assert_eq!(out, [Input::Key(KeyPress::plain(Key::Char('q')))]);
    }

    #[test]
    fn splits_of_noise_give_the_same(noise in noise(), cuts in proptest::collection::vec(any::<proptest::sample::Index>(), 0..8)) {
        let mut ends: Vec<usize> = cuts.iter().map(|cut| cut.index(noise.len() + 1)).collect();
        ends.push(noise.len());
        ends.sort_unstable();
        let mut out = Vec::new();
        let mut decoder = Decoder::new();
        let mut from = 0;
        for end in ends {
            decoder.feed(&noise[from..end], &mut out);
            from = end;
        }
        prop_assert_eq!(out, decode(&noise));
    }

    #[test]
    fn typed_text_comes_out_as_typed(text in "[^\\p{Cc}]{0,60}") {
        let expected: Vec<Input> = text.chars().map(|typed| Input::Key(KeyPress::plain(Key::Char(typed)))).collect();
        prop_assert_eq!(decode(text.as_bytes()), expected);
    }
}
