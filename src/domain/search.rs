//! What a search can ask for besides words.

use super::words::words;

words! {
    /// What can be in a post: `has:link`. How each one is recognised stands in migration 0009.
    "content" Content {
        /// An address of the web.
        Link = "link",
        /// A piece of code.
        Code = "code",
        /// A quotation.
        Quote = "quote",
        /// The address of a picture.
        Image = "image",
    }
}
