//! What vi's operators and single commands do to the text. What is cut or yanked goes to the editor's clipboard; whole
//! lines are told by the line feed at their end.

use std::ops::Range;

use super::motion::Ground;
use super::{Did, Mode, Vi};
use crate::ui::widgets::Editor;
use crate::ui::widgets::editor::Took;

/// An operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    /// `d`
    Delete,
    /// `c`
    Change,
    /// `y`
    Yank,
}

impl Operator {
    pub(super) fn of(letter: char) -> Option<Self> {
        Some(match letter {
            'd' => Self::Delete,
            'c' => Self::Change,
            'y' => Self::Yank,
            _ => return None,
        })
    }
}

impl Vi {
    /// An operator on characters.
    pub(super) fn operate(&mut self, operator: Operator, range: Range<usize>, editor: &mut Editor) -> Did {
        let range = range.start..range.end.min(editor.text().len());
        if range.is_empty() {
            if operator == Operator::Change {
                self.insert(1);
            }
            return Did::moved();
        }
        let piece = editor.text()[range.clone()].to_owned();
        editor.set_clipboard(&piece);
        match operator {
            Operator::Yank => {
                editor.place(range.start);
                Did::moved()
            }
            Operator::Delete => Did::took(editor.put(range, "")),
            Operator::Change => {
                let took = editor.put(range, "");
                self.insert(1);
                Did::took(took)
            }
        }
    }

    /// An operator on whole lines, from the one around `first` to the one around `last`.
    pub(super) fn operate_on_lines(
        &mut self,
        operator: Operator,
        first: usize,
        last: usize,
        editor: &mut Editor,
    ) -> Did {
        let lines = editor.line(first).start..editor.line(last).end;
        editor.set_clipboard(&format!("{}\n", &editor.text()[lines.clone()]));
        match operator {
            Operator::Yank => {
                if editor.cursor() > lines.start && !lines.contains(&editor.cursor())
                    || first < editor.cursor()
                {
                    editor.place(first);
                }
                Did::moved()
            }
            Operator::Change => {
                let took = editor.put(lines, "");
                self.insert(1);
                Did::took(took)
            }
            Operator::Delete => {
                let whole = if lines.end < editor.text().len() {
                    lines.start..lines.end + 1
                } else {
                    lines.start.saturating_sub(1)..lines.end
                };
                let took = editor.put(whole, "");
                let first = Ground { editor }.first(editor.cursor().min(lines.start));
                editor.place(first);
                Did::took(took)
            }
        }
    }

    /// An operator on what is selected.
    pub(super) fn operate_on_selection(&mut self, operator: Operator, editor: &mut Editor) -> Did {
        let (lines, range) = (self.mode == Mode::VisualLine, self.selected(editor));
        self.mode = Mode::Normal;
        if lines {
            let did = self.operate_on_lines(operator, range.start, range.end, editor);
            if operator == Operator::Yank {
                editor.place(range.start);
            }
            did
        } else {
            self.operate(operator, range, editor)
        }
    }

    /// `p`, `P`.
    pub(super) fn paste(&mut self, after: bool, count: usize, editor: &mut Editor) -> Did {
        let piece = editor.clipboard().to_owned();
        if piece.is_empty() {
            return Did::moved();
        }
        let (at, line) = (editor.cursor(), editor.line(editor.cursor()));
        if let Some(lines) = piece.strip_suffix('\n') {
            let (place, text, first) = if after {
                (line.end, format!("\n{lines}"), line.end + 1)
            } else {
                (line.start, format!("{lines}\n"), line.start)
            };
            let took = editor.put_times(place, &text, count);
            if took == Took::Changed {
                let first = Ground { editor }.first(first);
                editor.place(first);
            }
            return Did::took(took);
        }
        let place = if after { editor.after(at).min(line.end) } else { at };
        let took = editor.put_times(place, &piece, count);
        if took == Took::Changed {
            // Of a piece with several lines the beginning, of any other the end.
            let end = editor.cursor();
            editor.place(if piece.contains('\n') { place } else { editor.before(end) });
        }
        Did::took(took)
    }

    /// `p` in place of what is selected, which goes to the clipboard.
    pub(super) fn paste_over(&mut self, editor: &mut Editor) -> Did {
        let piece = editor.clipboard().to_owned();
        let (lines, range) = (self.mode == Mode::VisualLine, self.selected(editor));
        self.mode = Mode::Normal;
        let gone = editor.text()[range.clone()].to_owned();
        let text = match (lines, piece.strip_suffix('\n')) {
            (true, Some(whole)) => whole.to_owned(),
            (false, Some(whole)) => format!("\n{whole}\n"),
            (_, None) => piece,
        };
        let took = editor.put(range.clone(), &text);
        if took == Took::Changed {
            editor.set_clipboard(&if lines { format!("{gone}\n") } else { gone });
            let end = editor.cursor();
            editor.place(if text.contains('\n') { range.start } else { editor.before(end).max(range.start) });
        }
        Did::took(took)
    }

    /// `r`: as many characters as there are in the line; none when there are fewer.
    pub(super) fn replace_letters(&mut self, with: char, editor: &mut Editor) -> Did {
        if crate::domain::text::is_forbidden(with) && with != '\n' {
            return Did::moved();
        }
        let visual = self.mode != Mode::Normal;
        let at = editor.cursor();
        let range = if visual {
            self.selected(editor)
        } else {
            let (line, count) = (editor.line(at), self.times());
            let mut end = at;
            for _ in 0..count {
                if end >= line.end {
                    return Did::moved();
                }
                end = editor.after(end);
            }
            at..end
        };
        self.mode = Mode::Normal;
        let old = editor.text()[range.clone()].to_owned();
        let new: String = if with == '\n' {
            "\n".to_owned()
        } else {
            crate::domain::text::cells(&old).map(|(cell, _)| if cell == "\n" { '\n' } else { with }).collect()
        };
        let took = editor.put(range.clone(), &new);
        if took == Took::Changed {
            let end = editor.cursor();
            editor.place(match (visual, with) {
                (true, _) => range.start,
                (_, '\n') => end,
                _ => editor.before(end),
            });
        }
        Did::took(took)
    }

    /// `~`.
    pub(super) fn turn_case(&mut self, range: Range<usize>, editor: &mut Editor) -> Did {
        let visual = self.mode != Mode::Normal;
        self.mode = Mode::Normal;
        let turned: String = editor.text()[range.clone()]
            .chars()
            .flat_map(|c| -> Vec<char> {
                if c.is_uppercase() { c.to_lowercase().collect() } else { c.to_uppercase().collect() }
            })
            .collect();
        let took = editor.put(range.clone(), &turned);
        if visual {
            editor.place(range.start);
        }
        Did::took(took)
    }

    /// `J`: so many line feeds, with the blanks after them, become one space each. Put in as one piece, however many there
    /// are: each on its own would wrap all of the paragraph that comes of them.
    pub(super) fn join(&mut self, feeds: usize, editor: &mut Editor) -> Did {
        let (text, start) = (editor.text(), editor.line(editor.cursor()).end);
        let (mut end, mut at, mut joined) = (start, None, String::new());
        for _ in 0..feeds {
            if end >= text.len() {
                break;
            }
            let line = editor.line(end + 1);
            let (next, words) = (&text[line.clone()], text[line.clone()].trim_start());
            let before = joined.chars().next_back().or_else(|| text[..start].chars().next_back());
            let tight = next.is_empty() || words.starts_with(')') || before.is_none_or(char::is_whitespace);
            at = Some(start + joined.len());
            if !tight {
                joined.push(' ');
            }
            joined.push_str(words);
            end = line.end;
        }
        let Some(at) = at else { return Did::moved() };
        let took = editor.put(start..end, &joined);
        editor.place(at);
        Did::took(took)
    }

    pub(super) fn join_selected(&mut self, editor: &mut Editor) -> Did {
        let range = self.selected(editor);
        self.mode = Mode::Normal;
        let feeds = editor.text()[range.clone()].matches('\n').count().max(1);
        editor.place(range.start);
        self.join(feeds, editor)
    }

    /// `o`, `O`.
    pub(super) fn open_line(&mut self, below: bool, editor: &mut Editor) -> Did {
        let line = editor.line(editor.cursor());
        let place = if below { line.end } else { line.start };
        let took = editor.put(place..place, "\n");
        if took == Took::Changed {
            editor.place(if below { place + 1 } else { place });
            self.insert(1);
        }
        Did::took(took)
    }
}
