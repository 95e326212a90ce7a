//! Nouns and rules: what a thing is and who may do what. No I/O, no async, no clock.

pub mod board;
pub mod conversation;
pub mod draft;
pub mod duty;
pub mod handle;
pub mod ids;
pub mod invite;
pub mod leaving;
pub mod level;
pub mod markup;
pub mod member;
pub mod moderation;
pub mod note;
pub mod notification;
pub mod policy;
pub mod post;
pub mod prevention;
pub mod question;
pub mod quiet;
pub mod room;
pub mod search;
pub mod tag;
pub mod text;
pub mod time;
pub mod waitlist;
pub mod words;
