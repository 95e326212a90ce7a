//! What the targets share: what may come out of hob at all, and text from bytes.

/// Bytes as text, the way hob itself reads what is not UTF-8.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Splits bytes at the first NUL into two texts: a target with two inputs gets both from one.
pub fn two_texts(bytes: &[u8]) -> (String, String) {
    let at = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
    (text(&bytes[..at]), text(bytes.get(at + 1..).unwrap_or_default()))
}

/// That text holds nothing that a terminal could take for an order.
pub fn assert_harmless(text: &str) {
    let bad = text.chars().find(|&c| c != '\n' && hob::domain::text::is_forbidden(c));
    assert!(bad.is_none(), "{bad:?} in {text:?}");
}

/// That a frame holds only the sequences that hob itself sends: CSI with digits and semicolons, the private modes of
/// its start and end, hyperlinks, titles and notices of ours.
pub fn assert_own_sequences(bytes: &[u8]) {
    let frame = std::str::from_utf8(bytes).expect("a frame is UTF-8");
    let mut rest = frame;
    while let Some(at) = rest.find(|c: char| c != '\n' && c != '\r' && c != '\u{8}' && c.is_control()) {
        let sequence = &rest[at..];
        let body = sequence.strip_prefix('\u{1b}').unwrap_or_else(|| panic!("{sequence:?}"));
        let length = if let Some(body) = body.strip_prefix('[') {
            let parameters = body.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';' || c == '?');
            let end = parameters.chars().next().unwrap_or('\0');
            assert!("mHJKABCDGLMrhlt".contains(end), "CSI {end:?} in {sequence:?}");
            2 + body.len() - parameters.len() + 1
        } else if let Some(body) = body.strip_prefix("]8;;") {
            let end = body.find("\u{1b}\\").expect("a hyperlink ends");
            assert!(body[..end].bytes().all(|b| b.is_ascii_graphic()), "{body:?}");
            5 + end + 2
        } else {
            assert!(body.starts_with('>'), "{sequence:?}");
            2
        };
        rest = &sequence[length..];
    }
}
