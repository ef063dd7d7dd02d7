//! A body of another media type than a call's own.

use crate::call::Call;
use crate::file::FilePart;
use crate::operation::Wrap;

impl<This: Wrap> Call<This> {
    /// Sends this in place of the body, as this media type: `call.body_as("application/xml", xml.into_bytes())`, for what an API takes
    /// beside the body that the function has. A file is streamed, a reader is sent once.
    #[inline]
    pub fn body_as(&self, media_type: impl Into<String>, content: impl Into<FilePart>) -> This {
        let call = self.clone().add_header("Content-Type", media_type);
        This::wrap(call.file(content))
    }
}
