//! Placeholder until src/session/terminal/ lands; delete this file then.
use crate::ui::capabilities::Capabilities;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};
/// Placeholder.
pub struct Terminal;
impl Terminal {
    /// Placeholder.
    pub fn new(_: Capabilities, _: u16, _: u16) -> Self {
        Self
    }
    /// Placeholder.
    pub fn enter(&self) -> Vec<u8> {
        Vec::new()
    }
    /// Placeholder.
    pub fn leave(&self) -> Vec<u8> {
        Vec::new()
    }
    /// Placeholder.
    pub fn resize(&mut self, _: u16, _: u16) {}
    /// Placeholder.
    pub fn invalidate(&mut self) {}
    /// Placeholder.
    pub fn draw(&mut self, _: impl FnOnce(Rect, &mut Buffer) -> Option<Position>) -> Vec<u8> {
        Vec::new()
    }
}
