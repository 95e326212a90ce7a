//! What was typed while the screen it is meant for was still loading. Bounded in count and in bytes, whatever a client
//! sends.

use std::collections::VecDeque;

use super::input::Input;

/// Most keys that wait for a screen to load; more come from a stuck key.
const INPUTS_MAX: usize = 256;

/// Bytes of pasted text that wait: one paste of the largest size that the decoder lets through.
const PASTED_BYTES_MAX: usize = 256 * 1024;

/// The keys and pastes that wait, in order.
#[derive(Default)]
pub struct TypedAhead {
    inputs: VecDeque<Input>,
    pasted_bytes: usize,
}

impl TypedAhead {
    /// Keeps an input if there is room for it.
    pub fn push(&mut self, input: Input) {
        let pasted_bytes = self.pasted_bytes + pasted(&input);
        if self.inputs.len() < INPUTS_MAX && pasted_bytes <= PASTED_BYTES_MAX {
            self.pasted_bytes = pasted_bytes;
            self.inputs.push_back(input);
        }
    }

    /// Takes the oldest.
    pub fn pop(&mut self) -> Option<Input> {
        let input = self.inputs.pop_front()?;
        self.pasted_bytes -= pasted(&input);
        Some(input)
    }

    /// How many wait.
    pub fn len(&self) -> usize {
        self.inputs.len()
    }
}

fn pasted(input: &Input) -> usize {
    match input {
        Input::Paste(text) => text.len(),
        Input::Key(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::input::{Key, KeyPress};

    /// SAFETY, Transport: memory per session has a bound whatever the client does.
    #[test]
    fn what_waits_is_bounded_in_count_and_in_bytes() {
        let mut ahead = TypedAhead::default();
        let paste = "x".repeat(PASTED_BYTES_MAX / 2);
        for _ in 0..10 {
            ahead.push(Input::Paste(paste.clone()));
        }
        assert_eq!(ahead.len(), 2, "the third has no room");
        for _ in 0..2 * INPUTS_MAX {
            ahead.push(Input::Key(KeyPress::plain(Key::Esc)));
        }
        assert_eq!(ahead.len(), INPUTS_MAX);
        assert_eq!(ahead.pop(), Some(Input::Paste(paste.clone())));
        ahead.push(Input::Paste(paste));
        assert_eq!(ahead.len(), INPUTS_MAX, "there is room again for what was taken");
    }
}
