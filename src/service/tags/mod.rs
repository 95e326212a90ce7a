//! What can be asked about tags and solved questions. A tag is a filter over the threads that one may see, never a
//! copy: what it shows and counts is what the boards show and count.

mod labels;
mod list;
mod people;
mod set;
mod solve;
mod threads;

#[cfg(test)]
mod tests;

pub use labels::{BoardLabels, LabelsOf, LabelsOfBoards, ThreadLabels};
pub use list::{CompleteTag, ListTags, TagSummary};
pub use people::{DescribeTag, JoinTag, ReadTag, ShowTag, TagPage};
pub use set::{SetTags, TagsSet};
pub use solve::{Solution, SolveThread};
pub use threads::{ListTagged, TaggedList, TaggedSummary};
