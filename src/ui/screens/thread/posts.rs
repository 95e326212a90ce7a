//! The posts of a thread that are loaded: a run of numbers without gaps, each laid out into rows when it is near the
//! window. Only rows are counted here; where the window is, is `place.rs`.

use std::collections::BTreeSet;

use crate::domain::ids::PostNo;
use crate::domain::markup::{self, Line, Options, Pieces, Role, Span};
use crate::domain::post::{PostState, TEXT_FORGOTTEN};
use crate::domain::text::wrap;
use crate::domain::time::Timestamp;
use crate::service::held::InPlace;
use crate::service::posts::{PostView, Revision};

/// Most posts kept: some windows, so that scrolling back and forth does not load them again.
const KEPT_MAX: usize = 160;
/// Most bytes of text kept in them. Windows come in at most 48 KiB each.
const KEPT_BYTES_MAX: usize = 192 * 1024;
/// Posts away from the window that stay laid out.
const LAID_AWAY: i64 = 40;
/// Rows shown of a post that is opened in place above its answer; `p` leads to all of it.
const ANSWERED_ROWS_MAX: usize = 12;

/// What rows are laid out for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Paper {
    /// Columns for text.
    pub(super) width: u16,
    /// The header has no room for what the post answers.
    pub(super) narrow: bool,
    /// Signs in ASCII.
    pub(super) ascii: bool,
}

/// One row of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// Number, author, time.
    Header,
    /// What it answers, where the header has no room.
    Answers,
    /// A line of the text, of the answered text or of an older one.
    Text(Line),
    /// Words of hob's own in place of a text.
    Note(&'static str),
    /// A text of the reader's own that waits for a moderator, since when.
    Waits(Timestamp),
    /// When an older text was written.
    Older(Timestamp),
    /// A link's number and address.
    Link(usize, String),
    /// Nothing, between two posts.
    Blank,
}

/// A post with what its reader opened in it.
pub(super) struct Loaded {
    pub(super) view: PostView,
    /// A folded post was opened.
    pub(super) unfolded: bool,
    /// Its spoilers were opened.
    pub(super) spoilers: bool,
    /// What it answers was opened; the text once it is there.
    pub(super) answered: Option<Option<String>>,
    /// Its older texts were opened.
    pub(super) older: Option<Vec<Revision>>,
    /// The reader's own texts that wait for a moderator, after the thread's last post.
    held: Vec<InPlace>,
    laid: Option<Laid>,
}

/// The rows of a post, as far as anybody asked for them: a long text is laid out piece by piece.
struct Laid {
    paper: Paper,
    rows: Vec<Row>,
    /// Where the text goes on; none once all is laid out.
    rest: Option<Pieces>,
    /// Where the links of the text lead, by number from 1 on.
    addresses: Vec<String>,
    /// The numbers of links that can be seen in it.
    numbered: BTreeSet<u16>,
}

impl Laid {
    fn new(paper: Paper) -> Self {
        Self { paper, rows: vec![Row::Header], rest: None, addresses: Vec::new(), numbered: BTreeSet::new() }
    }

    /// Lays out one piece more. False after the last one.
    fn next(&mut self, body: &str, options: Options) -> bool {
        let Some(pieces) = &mut self.rest else { return false };
        let Some(lines) = pieces.next(body, self.paper.width, options) else {
            self.rest = None;
            return false;
        };
        self.numbered.extend(lines.iter().flatten().filter(|span| span.role.dim).map(|span| span.role.link));
        self.addresses.extend_from_slice(&pieces.links()[self.addresses.len()..]);
        self.rows.extend(lines.into_iter().map(Row::Text));
        true
    }

    /// The addresses of the numbered links, below the text.
    fn add_links(&mut self) {
        let numbered = (1_u16..).zip(&self.addresses).filter(|(no, _)| self.numbered.contains(no));
        self.rows.extend(numbered.map(|(no, address)| Row::Link(usize::from(no), address.clone())));
    }
}

impl Loaded {
    fn new(view: PostView) -> Self {
        Self {
            view,
            unfolded: false,
            spoilers: false,
            answered: None,
            older: None,
            held: Vec::new(),
            laid: None,
        }
    }

    /// Another state of the same post; what is open in it stays open.
    fn replace(&mut self, view: PostView) {
        if self.view != view {
            self.view = view;
            self.laid = None;
        }
    }

    /// Whether its text is on the screen.
    pub(super) fn shows_text(&self) -> bool {
        match self.view.state {
            PostState::Shown => !self.view.muted || self.unfolded,
            PostState::Collapsed => self.unfolded,
            PostState::Removed | PostState::Deleted => false,
        }
    }

    /// Where the links of its text lead, by their numbers from 1 on.
    pub(super) fn links(&self) -> Vec<String> {
        if !self.shows_text() {
            return Vec::new();
        }
        let options = Options { ascii: true, spoilers_open: self.spoilers };
        markup::render(&self.view.body, markup::WIDTH_MIN, options).links
    }

    /// Something in it was opened or closed.
    pub(super) fn changed(&mut self) {
        self.laid = None;
    }

    /// Where the links of its text lead that is laid out, by number from 1 on.
    pub(super) fn addresses(&self) -> &[String] {
        self.laid.as_ref().map_or(&[], |laid| &laid.addresses)
    }

    /// Its rows: at least so many, if it has them.
    fn rows(&mut self, paper: Paper, wanted: usize) -> &[Row] {
        let mut laid = match self.laid.take() {
            Some(laid) if laid.paper == paper => laid,
            _ => self.begin(paper),
        };
        let options = Options { ascii: paper.ascii, spoilers_open: self.spoilers };
        while laid.rest.is_some() && laid.rows.len() < wanted {
            if !laid.next(&self.view.body, options) {
                laid.add_links();
                self.end(&mut laid, paper);
            }
        }
        &self.laid.insert(laid).rows
    }

    /// What stands above the text; where none is shown, all there is.
    fn begin(&self, paper: Paper) -> Laid {
        let mut laid = Laid::new(paper);
        if paper.narrow && self.view.answers.is_some() {
            laid.rows.push(Row::Answers);
        }
        if let Some(Some(text)) = &self.answered {
            laid.rows.extend(answered_rows(text, paper));
        }
        let instead = match self.view.state {
            PostState::Removed if self.view.is_elsewhere() => "In another thread now. Enter leads there.",
            PostState::Removed => "Removed by the moderators. The mod log says why.",
            PostState::Deleted => "Deleted by its author.",
            PostState::Collapsed if !self.unfolded => "Folded by the moderators. Enter opens it.",
            PostState::Shown if self.view.muted && !self.unfolded => {
                "Folded: you mute or block its author. Enter opens it."
            }
            PostState::Shown | PostState::Collapsed if self.view.body.is_empty() => TEXT_FORGOTTEN,
            PostState::Shown | PostState::Collapsed => {
                laid.rest = Some(Pieces::default());
                return laid;
            }
        };
        laid.rows.extend(wrap(instead, usize::from(paper.width)).into_iter().map(Row::Note));
        self.add_held(&mut laid, paper);
        laid.rows.push(Row::Blank);
        laid
    }

    /// What of the reader's own waits for a moderator.
    fn add_held(&self, laid: &mut Laid, paper: Paper) {
        for waiting in &self.held {
            laid.rows.extend([Row::Blank, Row::Waits(waiting.held_at)]);
            laid.rows.extend(older_rows(&waiting.body, paper, self.spoilers));
        }
    }

    /// What stands below the text.
    fn end(&self, laid: &mut Laid, paper: Paper) {
        for older in self.older.iter().flatten() {
            laid.rows.push(Row::Older(older.written_at));
            laid.rows.extend(older_rows(&older.body, paper, self.spoilers));
        }
        self.add_held(laid, paper);
        laid.rows.push(Row::Blank);
    }
}

/// An older text, then the addresses of its numbered links. Nothing in it can be opened: the numbers are the post's own.
fn older_rows(body: &str, paper: Paper, spoilers_open: bool) -> Vec<Row> {
    let mut laid = Laid { rows: Vec::new(), rest: Some(Pieces::default()), ..Laid::new(paper) };
    while laid.next(body, Options { ascii: paper.ascii, spoilers_open }) {}
    laid.add_links();
    laid.rows.into_iter().map(without_links).collect()
}

fn without_links(mut row: Row) -> Row {
    if let Row::Text(spans) = &mut row {
        spans.iter_mut().for_each(|span| span.role.link = 0);
    }
    row
}

/// The beginning of the post that is answered, as a quote.
fn answered_rows(text: &str, paper: Paper) -> Vec<Row> {
    let options = Options { ascii: paper.ascii, spoilers_open: false };
    let role = Role { quote: 1, dim: true, ..Role::default() };
    let bar = Span { text: if paper.ascii { "| " } else { "│ " }.to_owned(), role };
    let more = Span { text: if paper.ascii { "..." } else { "…" }.to_owned(), role };
    let lines = markup::render(text, paper.width.saturating_sub(2), options).lines;
    let cut = lines.len() > ANSWERED_ROWS_MAX;
    let mut rows: Vec<Row> = lines
        .into_iter()
        .take(ANSWERED_ROWS_MAX)
        .map(|line| {
            let quoted = line.into_iter().map(|mut span| {
                span.role.quote = span.role.quote.max(1);
                span.role.link = 0;
                span
            });
            Row::Text(std::iter::once(bar.clone()).chain(quoted).collect())
        })
        .collect();
    if cut {
        rows.push(Row::Text(vec![bar, more]));
    }
    rows
}

/// The loaded run.
#[derive(Default)]
pub(super) struct Posts {
    items: Vec<Loaded>,
}

impl Posts {
    /// The first and last numbers loaded.
    pub(super) fn range(&self) -> Option<(PostNo, PostNo)> {
        Some((self.items.first()?.view.no, self.items.last()?.view.no))
    }

    /// Whether a post is loaded.
    pub(super) fn has(&self, no: PostNo) -> bool {
        self.index(no).is_some()
    }

    pub(super) fn get(&self, no: PostNo) -> Option<&Loaded> {
        self.index(no).map(|index| &self.items[index])
    }

    pub(super) fn get_mut(&mut self, no: PostNo) -> Option<&mut Loaded> {
        self.index(no).map(|index| &mut self.items[index])
    }

    /// All of them, in order.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Loaded> {
        self.items.iter_mut()
    }

    /// All of them, in order.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &Loaded> {
        self.items.iter()
    }

    /// How many rows of a post there are, as far as `wanted`; none if it is not loaded.
    fn count(&mut self, no: PostNo, paper: Paper, wanted: usize) -> usize {
        self.index(no).map_or(0, |index| self.items[index].rows(paper, wanted).len())
    }

    /// Whether a post has a row. Of a long one no more is laid out for that than must be.
    pub(super) fn has_row(&mut self, no: PostNo, row: usize, paper: Paper) -> bool {
        self.count(no, paper, row + 1) > row
    }

    /// A row that is laid out already, with its post.
    pub(super) fn laid_row(&self, no: PostNo, row: usize) -> Option<(&Loaded, &Row)> {
        let loaded = self.get(no)?;
        let row = loaded.laid.as_ref()?.rows.get(row)?;
        Some((loaded, row))
    }

    /// How many rows a post has: all of it is laid out for that.
    pub(super) fn height(&mut self, no: PostNo, paper: Paper) -> usize {
        self.count(no, paper, usize::MAX)
    }

    /// Takes in posts that came, in order and without gaps. Where they do not touch what is loaded, they replace it.
    pub(super) fn merge(&mut self, came: Vec<PostView>) {
        let (Some(low), Some(high)) = (came.first().map(|post| post.no), came.last().map(|post| post.no))
        else {
            return;
        };
        if let Some((first, last)) = self.range()
            && (low.0 > last.0 + 1 || high.0 + 1 < first.0)
        {
            self.items.clear();
        }
        let mut before = Vec::new();
        for view in came {
            match self.range() {
                Some((first, last)) if (first..=last).contains(&view.no) => {
                    if let Some(known) = self.get_mut(view.no) {
                        known.replace(view);
                    }
                }
                Some((first, _)) if view.no < first => before.push(Loaded::new(view)),
                _ => self.items.push(Loaded::new(view)),
            }
        }
        self.items.splice(0..0, before);
    }

    /// What the reader wrote and a moderator has not read yet stands after the last post of the thread.
    pub(super) fn set_held(&mut self, last: PostNo, held: &[InPlace]) {
        for item in &mut self.items {
            let here = if item.view.no == last { held } else { &[] };
            if item.held != here {
                item.held = here.to_vec();
                item.laid = None;
            }
        }
    }

    /// Forgets all of them.
    pub(super) fn clear(&mut self) {
        self.items.clear();
    }

    /// Forgets what is far from a post: layouts first, then posts, from the farther end.
    pub(super) fn forget_far_from(&mut self, no: PostNo) {
        for item in &mut self.items {
            if (item.view.no.0 - no.0).abs() > LAID_AWAY {
                item.laid = None;
            }
        }
        let mut bytes: usize = self.items.iter().map(|item| item.view.body.len()).sum();
        while self.items.len() > 1 && (self.items.len() > KEPT_MAX || bytes > KEPT_BYTES_MAX) {
            let Some((first, last)) = self.range() else { return };
            let gone =
                if no.0 - first.0 > last.0 - no.0 { Some(self.items.remove(0)) } else { self.items.pop() };
            bytes -= gone.map_or(0, |item| item.view.body.len());
        }
    }

    fn index(&self, no: PostNo) -> Option<usize> {
        let first = self.items.first()?.view.no;
        let index = usize::try_from(no.0.checked_sub(first.0)?).ok()?;
        (index < self.items.len()).then_some(index)
    }
}
