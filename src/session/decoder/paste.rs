//! A bracketed paste while it comes in: where it ends, how much of it is kept.

/// What a terminal sends before pasted text.
pub(super) const START: &[u8] = b"\x1b[200~";

/// What it sends after it.
const END: &[u8] = b"\x1b[201~";

/// Bytes kept of one paste: four of the longest posts (PRODUCT.md section 5: 64 KiB). The rest is swallowed to the end.
pub(super) const PASTE_BYTES_MAX: usize = 256 * 1024;

/// The text of a paste so far.
#[derive(Debug, Default)]
pub(super) struct Paste {
    text: Vec<u8>,
    /// How many bytes of [`END`] came last; they are not in `text` yet.
    ending: usize,
}

impl Paste {
    /// Takes the next byte; says whether it ended the paste.
    pub(super) fn push(&mut self, byte: u8) -> bool {
        if END.get(self.ending) == Some(&byte) {
            self.ending += 1;
            return self.ending == END.len();
        }
        // It only looked like the end. END holds one ESC, its first byte, so nothing but this byte can start it anew.
        let false_end = std::mem::take(&mut self.ending);
        self.keep(&END[..false_end]);
        if byte == END[0] {
            self.ending = 1;
        } else {
            self.keep(&[byte]);
        }
        false
    }

    fn keep(&mut self, bytes: &[u8]) {
        let room = PASTE_BYTES_MAX - self.text.len();
        self.text.extend_from_slice(&bytes[..bytes.len().min(room)]);
    }

    /// The text, without what is not UTF-8 and without a character that was cut off at the bound; `None` when there is none.
    pub(super) fn finish(&mut self) -> Option<String> {
        let Self { text, .. } = std::mem::take(self);
        let text = String::from_utf8(text)
            .unwrap_or_else(|error| error.as_bytes().utf8_chunks().map(|chunk| chunk.valid()).collect());
        (!text.is_empty()).then_some(text)
    }

    /// Bytes on the heap.
    #[cfg(test)]
    pub(super) fn heap_bytes(&self) -> usize {
        self.text.capacity()
    }
}
