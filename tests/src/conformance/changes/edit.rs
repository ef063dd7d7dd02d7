//! Edits that people make in Postman.
//!
//! In: a collection of v2, and choices. Out: the same with one edit, and what it was. An edit that the collection has no place for is none.

use serde_json::{Value, json};

/// Choices that are the same for the same seed.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below another one, which is not 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % end
    }

    fn of<'v>(&mut self, values: &'v [&'v str]) -> &'v str {
        values[self.below(values.len())]
    }
}

/// What may be edited, by JSON pointers.
#[derive(Default)]
struct Places {
    lists: Vec<String>,
    folders: Vec<String>,
    items: Vec<String>,
    answers: Vec<String>,
}

fn places(value: &Value, at: &str, found: &mut Places) {
    let Some(items) = value.get("item").and_then(Value::as_array) else {
        return;
    };
    found.lists.push(format!("{at}/item"));
    for (index, item) in items.iter().enumerate() {
        let at = format!("{at}/item/{index}");
        if item.get("item").is_some() {
            found.folders.push(at.clone());
            places(item, &at, found);
        } else if item.get("request").is_some_and(Value::is_object) {
            found.items.push(at.clone());
            let answers = item
                .get("response")
                .and_then(Value::as_array)
                .into_iter()
                .flatten();
            for (index, answer) in answers.enumerate() {
                if answer.get("body").is_some_and(Value::is_string) {
                    found.answers.push(format!("{at}/response/{index}"));
                }
            }
        }
    }
}

/// A kind of edit, by its name.
type Edit = (&'static str, fn(&mut Value, &Places, &mut Random) -> Option<()>);

const EDITS: &[Edit] = &[
    ("rename an item", |it, at, random| rename(it, &at.items, random)),
    ("rename a folder", |it, at, random| {
        rename(it, &at.folders, random)
    }),
    ("take an item out", |it, at, random| {
        let items = list(it, at, random)?;
        let index = random.below(items.len());
        items.remove(index);
        Some(())
    }),
    ("add an item behind", |it, at, random| {
        let mut item = one(it, &at.items, random)?.clone();
        item["name"] = "Something quite new".into();
        item["request"]["url"] = "https://new.example.com/things/:thing".into();
        list(it, at, random)?.push(item);
        Some(())
    }),
    ("copy an item in front", |it, at, random| {
        let items = list(it, at, random)?;
        let item = items[random.below(items.len())].clone();
        items.insert(0, item);
        Some(())
    }),
    ("turn a folder around", |it, at, random| {
        list(it, at, random)?.reverse();
        Some(())
    }),
    ("move an item", |it, at, random| {
        let items = list(it, at, random)?;
        let index = random.below(items.len());
        let item = items.remove(index);
        it.get_mut("item")?.as_array_mut()?.push(item);
        Some(())
    }),
    ("another method", |it, at, random| {
        let method = random.of(&["GET", "POST", "PUT", "DELETE", "PATCH"]).to_owned();
        *one(it, &at.items, random)?.pointer_mut("/request/method")? = method.into();
        Some(())
    }),
    ("another description", |it, at, random| {
        one(it, &at.items, random)?["request"]["description"] = "What it does, said otherwise.".into();
        Some(())
    }),
    ("a query more", |it, at, random| {
        let url = one(it, &at.items, random)?.pointer_mut("/request/url")?;
        if let Some(text) = url.as_str() {
            let separator = if text.contains('?') { '&' } else { '?' };
            *url = format!("{text}{separator}more=1").into();
        } else {
            let query = url.as_object_mut()?.entry("query").or_insert_with(|| json!([]));
            query.as_array_mut()?.push(json!({"key": "more", "value": "1"}));
        }
        Some(())
    }),
    ("a query less", |it, at, random| {
        let url = one(it, &at.items, random)?.pointer_mut("/request/url")?;
        url.get_mut("query")?.as_array_mut()?.pop().map(|_| ())
    }),
    ("a header more", |it, at, random| {
        let request = one(it, &at.items, random)?.get_mut("request")?.as_object_mut()?;
        let headers = request.entry("header").or_insert_with(|| json!([]));
        headers
            .as_array_mut()?
            .push(json!({"key": "X-Region", "value": "eu"}));
        Some(())
    }),
    ("a member more in an answer", |it, at, random| {
        answer(it, at, random, &|object, _| {
            object.insert("brand_new".to_owned(), json!({"a": 1}));
        })
    }),
    ("a member less in an answer", |it, at, random| {
        answer(it, at, random, &|object, random| {
            let key = object.keys().nth(random.below(object.len().max(1))).cloned();
            if let Some(key) = key {
                object.shift_remove(&key);
            }
        })
    }),
    ("a member of another kind in an answer", |it, at, random| {
        answer(it, at, random, &|object, random| {
            let at = random.below(object.len().max(1));
            for value in object.values_mut().skip(at).take(1) {
                *value = if value.is_string() {
                    json!(7)
                } else {
                    json!("seven")
                };
            }
        })
    }),
    ("an answer more", |it, at, random| {
        let item = one(it, &at.items, random)?.as_object_mut()?;
        let answers = item.entry("response").or_insert_with(|| json!([]));
        let code = [200, 201, 404, 409][random.below(4)];
        answers.as_array_mut()?.push(json!({"name": "One more", "code": code,
            "header": [{"key": "Content-Type", "value": "application/json"}], "body": "{\"what\": \"new\", \"n\": 1}"}));
        Some(())
    }),
    ("an answer less", |it, at, random| {
        let answers = one(it, &at.items, random)?.get_mut("response")?.as_array_mut()?;
        answers.pop().map(|_| ())
    }),
    ("a member more in a body", |it, at, random| {
        let raw = one(it, &at.items, random)?.pointer_mut("/request/body/raw")?;
        let mut body: Value = serde_json::from_str(raw.as_str()?).ok()?;
        body.as_object_mut()?.insert("brand_new".to_owned(), json!(true));
        *raw = body.to_string().into();
        Some(())
    }),
    ("an id in a path", |it, at, random| {
        let url = one(it, &at.items, random)?.pointer_mut("/request/url")?;
        if let Some(text) = url.as_str() {
            *url = format!("{}/:extra_id", text.split('?').next()?).into();
        } else {
            url.get_mut("path")?.as_array_mut()?.push(":extra_id".into());
        }
        Some(())
    }),
    ("another value of a variable", |it, _, random| {
        let variables = it["variable"]
            .as_array_mut()
            .filter(|variables| !variables.is_empty())?;
        let index = random.below(variables.len());
        variables
            .get_mut(index)?
            .as_object_mut()?
            .insert("value".to_owned(), "https://other.example.com".into());
        Some(())
    }),
];

/// Makes an edit; says which.
pub(super) fn edit(collection: &mut Value, random: &mut Random) -> Option<&'static str> {
    let mut found = Places::default();
    places(collection, "", &mut found);
    let (name, edit) = EDITS[random.below(EDITS.len())];
    edit(collection, &found, random).map(|()| name)
}

fn one<'v>(collection: &'v mut Value, among: &[String], random: &mut Random) -> Option<&'v mut Value> {
    if among.is_empty() {
        return None;
    }
    collection.pointer_mut(&among[random.below(among.len())])
}

/// A list of items that is not empty.
fn list<'v>(collection: &'v mut Value, at: &Places, random: &mut Random) -> Option<&'v mut Vec<Value>> {
    let items = one(collection, &at.lists, random)?.as_array_mut()?;
    Some(items).filter(|items| !items.is_empty())
}

fn rename(collection: &mut Value, among: &[String], random: &mut Random) -> Option<()> {
    let name = one(collection, among, random)?.get_mut("name")?;
    *name = format!("Other {}", name.as_str()?).into();
    Some(())
}

/// Changes an object of a saved answer.
fn answer(
    collection: &mut Value,
    at: &Places,
    random: &mut Random,
    change: &dyn Fn(&mut serde_json::Map<String, Value>, &mut Random),
) -> Option<()> {
    let body = one(collection, &at.answers, random)?.get_mut("body")?;
    let mut value: Value = serde_json::from_str(body.as_str()?).ok()?;
    let mut inner = &mut value;
    while inner.is_array() {
        inner = inner.get_mut(0)?;
    }
    change(inner.as_object_mut()?, random);
    *body = value.to_string().into();
    Some(())
}
