//! The posts of a thread that are loaded: a run of numbers without gaps, each laid out into rows when it is near the
//! window. Only rows are counted here; where the window is, is `place.rs`.

use crate::domain::ids::PostNo;
use crate::domain::markup::{self, Line, Options, Role, Span};
use crate::domain::post::PostState;
use crate::domain::time::Timestamp;
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
    laid: Option<(Paper, Vec<Row>)>,
    /// Where the links of the text lead, by number from 1 on; known once it is laid out.
    pub(super) addresses: Vec<String>,
}

impl Loaded {
    fn new(view: PostView) -> Self {
        Self {
            view,
            unfolded: false,
            spoilers: false,
            answered: None,
            older: None,
            laid: None,
            addresses: Vec::new(),
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
            PostState::Shown => true,
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

    fn rows(&mut self, paper: Paper) -> &[Row] {
        if self.laid.as_ref().is_none_or(|(known, _)| *known != paper) {
            let (rows, addresses) = self.lay_out(paper);
            (self.laid, self.addresses) = (Some((paper, rows)), addresses);
        }
        self.laid.as_ref().map_or(&[], |(_, rows)| rows)
    }

    /// The rows, and where the links of the text lead.
    fn lay_out(&self, paper: Paper) -> (Vec<Row>, Vec<String>) {
        let (mut rows, mut addresses) = (vec![Row::Header], Vec::new());
        if paper.narrow && self.view.answers.is_some() {
            rows.push(Row::Answers);
        }
        if let Some(Some(text)) = &self.answered {
            rows.extend(answered_rows(text, paper));
        }
        match self.view.state {
            PostState::Removed => rows.push(Row::Note("Removed by the moderators. The mod log says why.")),
            PostState::Deleted => rows.push(Row::Note("Deleted by its author.")),
            PostState::Collapsed if !self.unfolded => {
                rows.push(Row::Note("Folded by the moderators. Enter opens it."));
            }
            PostState::Shown | PostState::Collapsed => {
                let (text, links) = text_rows(&self.view.body, paper, self.spoilers);
                rows.extend(text);
                addresses = links;
                for older in self.older.iter().flatten() {
                    rows.push(Row::Older(older.written_at));
                    let (text, _) = text_rows(&older.body, paper, self.spoilers);
                    rows.extend(text.into_iter().map(without_links));
                }
            }
        }
        rows.push(Row::Blank);
        (rows, addresses)
    }
}

/// The numbers of links in a text that is not the post's own lead nowhere here.
fn without_links(mut row: Row) -> Row {
    if let Row::Text(spans) = &mut row {
        spans.iter_mut().for_each(|span| span.role.link = 0);
    }
    row
}

/// The text, then the addresses of its numbered links; and the addresses of all of them.
fn text_rows(body: &str, paper: Paper, spoilers_open: bool) -> (Vec<Row>, Vec<String>) {
    let options = Options { ascii: paper.ascii, spoilers_open };
    let rendered = markup::render(body, paper.width, options);
    let numbered = |no: u16| rendered.lines.iter().flatten().any(|s| s.role.dim && s.role.link == no);
    let links: Vec<Row> = (1_u16..)
        .zip(&rendered.links)
        .filter(|(no, _)| numbered(*no))
        .map(|(no, address)| Row::Link(usize::from(no), address.clone()))
        .collect();
    let rows = rendered.lines.into_iter().map(Row::Text).chain(links).collect();
    (rows, rendered.links)
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

    /// The rows of a post; none if it is not loaded.
    pub(super) fn rows(&mut self, no: PostNo, paper: Paper) -> &[Row] {
        match self.index(no) {
            Some(index) => self.items[index].rows(paper),
            None => &[],
        }
    }

    /// A row that is laid out already, with its post.
    pub(super) fn laid_row(&self, no: PostNo, row: usize) -> Option<(&Loaded, &Row)> {
        let loaded = self.get(no)?;
        let (_, rows) = loaded.laid.as_ref()?;
        Some((loaded, rows.get(row)?))
    }

    /// How many rows a post has.
    pub(super) fn height(&mut self, no: PostNo, paper: Paper) -> usize {
        self.rows(no, paper).len()
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
