//! Splits a name that people wrote into the words that an identifier is made of.
//!
//! In: any text (`getUserByID`, `Get a user token`, `a.b[]`, `获取 用户`, an emoji). Out: its words, in the text's own
//! letters, without anything that no identifier may hold. It knows neither keywords nor which names are taken.
//! `words("OAuth2TokenURLs")` is `["OAuth2", "Token", "URLs"]`.

use unicode_ident::{is_xid_continue, is_xid_start};

/// Terms that are one word although their letters change case, with their form in type names.
const TERMS: &[(&str, &str)] = &[
    ("OAuth", "OAuth"),
    ("GraphQL", "GraphQl"),
    ("OpenID", "OpenId"),
    ("OpenAPI", "OpenApi"),
    ("MySQL", "MySql"),
    ("NoSQL", "NoSql"),
    ("IPv4", "Ipv4"),
    ("IPv6", "Ipv6"),
    ("iOS", "Ios"),
    ("macOS", "MacOs"),
    ("DoB", "Dob"),
    ("IaaS", "Iaas"),
    ("IoT", "Iot"),
    ("JavaScript", "JavaScript"),
    ("PaaS", "Paas"),
    ("PoS", "Pos"),
    ("QoS", "Qos"),
    ("SaaS", "Saas"),
    ("VoIP", "Voip"),
    ("WiFi", "Wifi"),
];

/// Words of names that have no letter or digit at all: `*`, `>=`, `$`.
const SYMBOLS: &[(char, &str)] = &[
    ('!', "bang"),
    ('"', "quote"),
    ('#', "hash"),
    ('$', "dollar"),
    ('%', "percent"),
    ('&', "and"),
    ('\'', "apostrophe"),
    ('*', "star"),
    ('+', "plus"),
    (',', "comma"),
    ('-', "minus"),
    ('.', "dot"),
    ('/', "slash"),
    (':', "colon"),
    (';', "semicolon"),
    ('<', "less"),
    ('=', "equal"),
    ('>', "greater"),
    ('?', "question"),
    ('@', "at"),
    ('\\', "backslash"),
    ('^', "caret"),
    ('_', "underscore"),
    ('|', "or"),
    ('~', "tilde"),
];

/// The words of a text; none if it holds nothing that could be part of an identifier.
pub fn words(text: &str) -> Vec<String> {
    split(text, false)
}

/// The words of a name in prose, where a lone first letter belongs to the word behind it: `vSphere`, `eBay` and `GZip` are
/// brands. In a key it is a word of its own: `xAxis`.
pub fn prose_words(text: &str) -> Vec<String> {
    split(text, true)
}

fn split(text: &str, prose: bool) -> Vec<String> {
    let mut words = Vec::new();
    let text = text.trim();
    if let Some(sign) = sign_before_digit(text) {
        words.push(sign.to_owned());
    }
    let mut run = Vec::new();
    for c in text.chars() {
        if is_word_char(c) {
            run.push(c);
        } else if !is_inner_mark(c) {
            split_run(&run, prose, &mut words);
            run.clear();
        }
    }
    split_run(&run, prose, &mut words);
    words
}

/// The words of a text that is made of symbols only: `>=` is `greater`, `equal`.
pub fn symbol_words(text: &str) -> Vec<String> {
    text.chars()
        .filter_map(|c| SYMBOLS.iter().find(|(symbol, _)| *symbol == c))
        .map(|(_, name)| (*name).to_owned())
        .take(4)
        .collect()
}

/// A word in lower case.
pub fn lower(word: &str) -> String {
    word.chars()
        .flat_map(char::to_lowercase)
        .filter(|c| is_word_char(*c))
        .collect()
}

/// A word as part of a type's name.
pub fn capitalized(word: &str) -> String {
    let term = TERMS.iter().find(|(term, _)| word.starts_with(term));
    let (head, rest) = match term {
        Some((term, camel)) => ((*camel).to_owned(), word.get(term.len()..).unwrap_or_default()),
        None => {
            let mut chars = word.chars();
            let head = chars.next().into_iter().flat_map(char::to_uppercase).collect();
            (head, chars.as_str())
        }
    };
    let text = head.chars().chain(rest.chars().flat_map(char::to_lowercase));
    text.filter(|c| is_word_char(*c)).collect()
}

/// `+1` and `-1` are different names: a sign before a leading number is a word.
fn sign_before_digit(text: &str) -> Option<&'static str> {
    let mut chars = text.chars();
    let sign = match chars.next()? {
        '+' => "plus",
        '-' => "minus",
        _ => return None,
    };
    chars.next()?.is_ascii_digit().then_some(sign)
}

/// Letters, digits and marks; not the connectors that join words, nor the middle dot.
fn is_word_char(c: char) -> bool {
    let connects = matches!(c, '_' | '·' | '\u{203f}' | '\u{2040}' | '\u{2054}')
        || matches!(c, '\u{fe33}' | '\u{fe34}' | '\u{fe4d}'..='\u{fe4f}' | '\u{ff3f}');
    is_xid_continue(c) && !connects && !is_inner_mark(c)
}

/// Dropped without ending a word: apostrophes (`user's`), and accents that stand apart from their letter, since
/// the compiler takes the composed and the decomposed spelling for one name.
fn is_inner_mark(c: char) -> bool {
    matches!(
        c,
        '\'' | '’' | '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{fe0f}' | '\u{ad}'
    )
}

/// Letters of other scripts that look like a Latin one. Inside a Latin word they are a slip that nobody can see,
/// and a name that nobody could type.
const LOOKALIKES: &[(&str, &str)] = &[
    ("АВЕКМНОРСТУХІЅЈаеорсухіѕј", "ABEKMHOPCTYXISJaeopcyxisj"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo"),
];

/// Cuts a run of word characters where its case changes.
fn split_run(run: &[char], prose: bool, words: &mut Vec<String>) {
    let latin = run.iter().any(char::is_ascii_alphabetic);
    let typed: Vec<char> = run
        .iter()
        .map(|c| if latin { as_latin(*c) } else { *c })
        .collect();
    let first = words.len();
    split_typed(&typed, words);
    if typed.iter().filter(|c| c.is_lowercase()).count() > 1 {
        part_id(words);
    }
    let is_lone =
        |word: &String| word.chars().count() == 1 && word != "A" && word.starts_with(char::is_alphabetic);
    if prose && words.len() > first + 1 && words.get(first).is_some_and(is_lone) {
        let lone = words.remove(first);
        if let Some(word) = words.get_mut(first) {
            word.insert_str(0, &lone);
        }
    }
}

/// Parts the `ID` from an abbreviation that runs into it, where the rest of the name shows that capitals mean something:
/// `profileSSLID` ends in `SSL`, `ID`.
fn part_id(words: &mut Vec<String>) {
    let Some(last) = words.pop() else { return };
    let start = last.strip_suffix('s').unwrap_or(&last).strip_suffix("ID");
    let abbreviation = start.filter(|start| {
        let capitals = start
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
        let is_word = ENDING_IN_ID.iter().any(|word| last.starts_with(word));
        capitals && !is_word && (start.len() > 2 || start.ends_with(|c: char| c.is_ascii_digit()))
    });
    if let Some(abbreviation) = abbreviation {
        let id = last.get(abbreviation.len()..).unwrap_or_default().to_owned();
        words.push(abbreviation.to_owned());
        words.push(id);
    } else {
        words.push(last);
    }
}

/// Words and abbreviations that end so themselves.
const ENDING_IN_ID: &[&str] = &[
    "ANDROID", "AVOID", "BSSID", "CLSID", "COVID", "ESSID", "FLUID", "HYBRID", "INVALID", "KSUID", "RAPID",
    "SOLID", "VALID",
];

fn as_latin(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    let pairs = LOOKALIKES
        .iter()
        .flat_map(|(from, to)| from.chars().zip(to.chars()));
    pairs
        .into_iter()
        .find(|(from, _)| *from == c)
        .map_or(c, |(_, to)| to)
}

fn split_typed(run: &[char], words: &mut Vec<String>) {
    let mut word = String::new();
    let mut index = 0;
    while let Some(&c) = run.get(index) {
        let term = term_at(run, index);
        if !word.is_empty() && (term.is_some() || is_boundary(run, index)) {
            words.push(std::mem::take(&mut word));
        }
        match term {
            Some(term) => {
                word.push_str(term);
                index += term.len();
            }
            None => {
                word.push(c);
                index += 1;
            }
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
}

/// Whether any term begins with this letter: most letters begin none, and to compare each with all terms was a twentieth of
/// all work on a large collection.
fn begins_term(first: char) -> bool {
    const FIRST: u128 = {
        let (mut first, mut at) = (0, 0);
        while at < TERMS.len() {
            if let [letter, ..] = TERMS[at].0.as_bytes() {
                first |= 1 << *letter;
            }
            at += 1;
        }
        first
    };
    first.is_ascii() && FIRST & 1 << u32::from(first) != 0
}

/// The term that starts here, unless it is the beginning of a longer word.
fn term_at(run: &[char], index: usize) -> Option<&'static str> {
    let first = run.get(index).filter(|first| begins_term(**first))?;
    let after_lower = index == 0 || run.get(index - 1).is_some_and(|c| !c.is_uppercase());
    TERMS.iter().map(|(term, _)| *term).find(|term| {
        let rest = run.get(index..).unwrap_or_default();
        let ends = rest.get(term.len()).is_none_or(|c| !c.is_lowercase());
        let starts = after_lower && (index == 0 || term.starts_with(char::is_uppercase));
        term.starts_with(*first)
            && starts
            && ends
            && term.chars().zip(rest).filter(|(a, b)| a == *b).count() == term.len()
    })
}

/// Whether a word starts at `index`, judged by the case around it.
fn is_boundary(run: &[char], index: usize) -> bool {
    let at = |offset: usize| run.get(offset).copied();
    let (Some(previous), Some(c)) = (index.checked_sub(1).and_then(at), at(index)) else {
        return false;
    };
    if !c.is_uppercase() {
        return false;
    }
    let next = at(index + 1);
    let starts_word = next.is_some_and(char::is_lowercase);
    // `IDs` and `URLs` are plurals, not a word that starts with the last capital.
    let plural = next == Some('s') && at(index + 2).is_none_or(|after| !after.is_lowercase());
    if previous.is_uppercase() {
        starts_word && !plural
    } else if previous.is_numeric() {
        starts_word
    } else {
        true
    }
}

/// Whether a word can begin an identifier as it is.
pub fn can_start(word: &str) -> bool {
    word.chars().next().is_some_and(is_xid_start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(text: &str) -> String {
        words(text)
            .iter()
            .map(|word| lower(word))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn splits_names_as_people_read_them() {
        for (text, expected) in [
            ("Get a user token", "get a user token"),
            ("getUserByID", "get user by id"),
            ("OAuth2Token", "oauth2 token"),
            ("getUserIDs", "get user ids"),
            ("profileServerSSLID", "profile server ssl id"),
            ("fastL4IDs", "fast l4 ids"),
            ("deviceUUID", "device uuid"),
            ("wifiBSSID", "wifi bssid"),
            ("SSLID", "sslid"),
            ("IDToken", "id token"),
            ("URLsOfUsers", "urls of users"),
            ("sha256Hash", "sha256 hash"),
            ("V2Users", "v2 users"),
            ("2FA", "2fa"),
            ("user's name", "users name"),
            ("a.b[]", "a b"),
            ("$ref", "ref"),
            ("X-Request-Id", "x request id"),
            ("USER_ID", "user id"),
            ("+1", "plus 1"),
            ("-1", "minus 1"),
            ("获取 用户", "获取 用户"),
            ("🎉", ""),
            ("", ""),
            ("listIPv4Addresses", "list ipv4 addresses"),
            ("IoTDevices over WiFi", "iot devices over wifi"),
            ("isDoBKnown", "is dob known"),
            ("DoBooks", "do books"),
            ("e\u{301}tat", "etat"),
            ("Update\u{421}hat", "update chat"),
            ("Тест", "тест"),
        ] {
            assert_eq!(joined(text), expected, "{text}");
        }
    }

    #[test]
    fn brands_are_words_in_prose() {
        let joined = |text: &str| prose_words(text).join(" ").to_lowercase();
        for (text, expected) in [
            ("vSphere Automation", "vsphere automation"),
            ("Sell on eBay", "sell on ebay"),
            ("GZip, IPsec", "gzip ipsec"),
            ("vAppRestorePoints", "vapp restore points"),
            ("oAuth2", "oauth2"),
            ("e-commerce", "e commerce"),
            ("x_axis", "x axis"),
            ("ARecord", "a record"),
            ("iOSApp", "ios app"),
            ("getXAxis", "get x axis"),
            ("a b", "a b"),
        ] {
            assert_eq!(joined(text), expected, "{text}");
        }
        assert_eq!(words("xAxis"), ["x", "Axis"]);
    }

    #[test]
    fn capitalizes_terms_as_they_are_known() {
        let camel = |text: &str| {
            words(text)
                .iter()
                .map(|word| capitalized(word))
                .collect::<String>()
        };
        assert_eq!(camel("OAuth2 token"), "OAuth2Token");
        assert_eq!(camel("get user by ID"), "GetUserById");
        assert_eq!(camel("GraphQL query"), "GraphQlQuery");
    }
}
