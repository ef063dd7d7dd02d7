//! Texts that stand nowhere else: random ones for credentials, and ones that look like what they stand for.
//!
//! In: a number, and what stood there. Out: the text, and the part of it to look for. The same number gives the same text.

/// Makes texts, each once.
pub(super) struct Canaries {
    state: u64,
}

/// A text to plant.
pub(super) struct Canary {
    /// The text.
    pub text: String,
    /// What is looked for.
    pub needle: String,
}

/// How long a part must be that is looked for.
const LEAST: usize = 9;

impl Canaries {
    pub(super) fn new() -> Self {
        Self { state: 0x5EED }
    }

    /// 32 letters and digits.
    pub(super) fn credential(&mut self) -> String {
        const ALL: &[u8] = b"abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        // Digits and capitals are in all of them.
        let mut text = String::from(self.one_of(b"abcdefgh"));
        text.push(self.one_of(b"23456789"));
        text.push(self.one_of(b"KLMNPQRS"));
        text.push(self.one_of(b"23456789"));
        text.extend((0..28).map(|_| self.one_of(ALL)));
        text
    }

    /// Letters for letters, digits for digits, everything else as it is; long enough to be told from all others.
    pub(super) fn like(&mut self, text: &str) -> Canary {
        let hex = text
            .bytes()
            .all(|byte| !byte.is_ascii_alphabetic() || byte.is_ascii_hexdigit());
        let mut made: String = text.chars().map(|character| self.kin(character, hex)).collect();
        let plain = made
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte));
        let characters = made.bytes().filter(u8::is_ascii_alphanumeric).count();
        if plain && characters >= LEAST {
            let needle = made.clone();
            return Canary { text: made, needle };
        }
        let run = longest_run(&made);
        let (start, mut end) = (run.start, run.end);
        let last = made
            .get(start..end)
            .and_then(|run| run.chars().last())
            .unwrap_or('a');
        while end - start < LEAST {
            made.insert(end, self.kin(last, hex));
            end += 1;
        }
        let needle = made.get(start..end).unwrap_or_default().to_owned();
        Canary { text: made, needle }
    }

    /// A word of small letters.
    pub(super) fn word(&mut self, length: usize) -> String {
        (0..length.max(LEAST)).map(|_| self.kin('m', false)).collect()
    }

    fn kin(&mut self, character: char, hex: bool) -> char {
        match character {
            '0'..='9' => self.one_of(b"123456789"),
            'a'..='z' if hex => self.one_of(b"abcdef"),
            'A'..='Z' if hex => self.one_of(b"ABCDEF"),
            'a'..='z' => self.one_of(b"bcdfghjklmnpqrstvwz"),
            'A'..='Z' => self.one_of(b"BCDFGHJKLMNPQRSTVWZ"),
            other => other,
        }
    }

    fn one_of(&mut self, choices: &[u8]) -> char {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        let index = usize::try_from(mixed % choices.len().max(1) as u64).unwrap_or_default();
        char::from(choices.get(index).copied().unwrap_or(b'a'))
    }
}

/// A credential in one of the manners in which people write them down, and what that is called.
pub(super) fn written_down(number: usize, secret: &str) -> (&'static str, String) {
    match number % 8 {
        0 => (
            "curl -u",
            format!("\n\n    curl -u ada:{secret} https://a.example"),
        ),
        1 => ("header", format!("\n\nAuthorization: Bearer {secret}")),
        2 => (
            "curl -H",
            format!("\n\n`curl -H 'X-Api-Key: {secret}' https://a.example`"),
        ),
        3 => ("JSON", format!("\n\n    {{\"password\": \"{secret}\"}}")),
        4 => ("address", format!("\n\n<https://ada:{secret}@a.example/x>")),
        5 => (
            "table",
            format!("\n\n| name | value |\n|---|---|\n| password | {secret} |"),
        ),
        6 => (
            "query",
            format!("\n\nhttps://a.example/x?page=1&access_token={secret}"),
        ),
        _ => (
            "cookie",
            format!("\n\n    curl --cookie 'sid={secret}' https://a.example"),
        ),
    }
}

/// The longest run of letters and digits.
fn longest_run(text: &str) -> std::ops::Range<usize> {
    let mut longest = 0..0;
    let mut start = 0;
    for piece in text.split(|character: char| !character.is_ascii_alphanumeric()) {
        let at = piece.as_ptr() as usize - text.as_ptr() as usize;
        start = at;
        if piece.len() > longest.len() {
            longest = at..at + piece.len();
        }
    }
    if longest.is_empty() { start..start } else { longest }
}
