//! What is kept of an answer for the calls after it.
//!
//! In: what a front end could read of an author's scripts, or what settings say. Out: which part of an answer becomes which variable.

/// A variable that keeps a part of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Store {
    /// The variable.
    pub variable: String,
    /// The part; `None` if what is stored is not understood.
    pub part: Option<AnswerPart>,
    /// Whether there are several parts of which one is stored.
    pub is_ambiguous: bool,
}

/// A part of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerPart {
    /// Text that stands before it where it is kept.
    pub before: String,
    /// Where it is.
    pub place: PartPlace,
}

/// Where a part of an answer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartPlace {
    /// A member of a JSON body; with no steps all of it.
    Member(Vec<Step>),
    /// The body as text.
    Text,
    /// A header.
    Header(String),
}

/// A step into JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Into an object.
    Key(String),
    /// Into a list.
    Index(usize),
}

impl AnswerPart {
    /// A part without text before it.
    pub fn of(place: PartPlace) -> Self {
        Self {
            before: String::new(),
            place,
        }
    }

    /// The steps that lead to it as they are written: `data[0].token`.
    pub fn path(steps: &[Step]) -> String {
        let mut path = String::new();
        for step in steps {
            match step {
                Step::Key(key) if path.is_empty() => path.push_str(key),
                Step::Key(key) => path.push_str(&format!(".{key}")),
                Step::Index(index) => path.push_str(&format!("[{index}]")),
            }
        }
        path
    }
}

/// An operation whose answer holds a token that other calls are sent with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gives {
    /// What it is the token of.
    pub token: TokenOf,
    /// Where in the answer it is.
    pub part: AnswerPart,
    /// The member that says for how many seconds it is good, if it is there.
    pub lifetime: Option<Vec<Step>>,
}

/// What a token is given to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TokenOf {
    /// Every `{{name}}`.
    Variable(String),
    /// The schemes that take a token of the bearer.
    Bearer,
}
