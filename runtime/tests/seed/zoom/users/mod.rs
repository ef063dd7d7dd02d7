//! The folder `users`.
pub mod token;

/// Functions of the folder `users`.
#[derive(Clone, Copy, Debug)]
pub struct Users<'a>(pub(super) &'a ::letterpress_runtime::Client);

impl<'a> Users<'a> {
    /// The folder `token`.
    #[inline]
    pub fn token(self) -> token::Token<'a> {
        token::Token(self.0)
    }
}
