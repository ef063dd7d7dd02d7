//! What a type is called if several keys of one operation lead to it: by what they have in common.
//!
//! In: the types that an operation brought. Out: words for those that `billing_address` and `shipping_address` lead to:
//! `address`; and for what `links` has below `self` and below `next`: `link`. Keys of later operations do not count, or adding an item would rename what is there.

use std::collections::BTreeMap;

use super::{type_name, words};
use crate::ir;

/// The words for types of an operation that several keys lead to.
pub fn by_several_keys(types: &ir::Types, own: &[ir::TypeId]) -> BTreeMap<ir::TypeId, Vec<String>> {
    let mut keys: BTreeMap<ir::TypeId, Vec<Vec<String>>> = BTreeMap::new();
    let mut members: BTreeMap<ir::TypeId, Vec<String>> = BTreeMap::new();
    for id in own {
        let ir::TypeKind::Struct(fields) = &types.get(*id).kind else {
            continue;
        };
        if let Some((id, words)) = of_members(types.get(*id), fields) {
            members.entry(id).or_insert(words);
        }
        for field in fields {
            if let Some(to) = field.ty.named().filter(|to| own.contains(to)) {
                let several = !matches!(field.ty, ir::Type::Named(_));
                let words = type_name::words_of_key(&field.key, several);
                keys.entry(to).or_default().push(words);
            }
        }
    }
    let common = keys
        .into_iter()
        .filter_map(|(id, keys)| Some((id, common_end(&keys)?)));
    members.extend(common);
    members
}

/// What two members of an object with a plural for a name are, if they are the same.
fn of_members(def: &ir::TypeDef, fields: &[ir::StructField]) -> Option<(ir::TypeId, Vec<String>)> {
    let key = def.origin.path.last()?;
    let one = type_name::words_of_key(key, true);
    if one == type_name::words_of_key(key, false) {
        return None;
    }
    let mut held = fields.iter().filter_map(|field| field.ty.named());
    let mut met = Vec::new();
    let again = held.find(|id| {
        let again = met.contains(id);
        met.push(*id);
        again
    });
    again.map(|id| (id, one))
}

/// The words that all keys end with, whatever number they have; `None` if these are all that the first has, or none.
fn common_end(keys: &[Vec<String>]) -> Option<Vec<String>> {
    let own = keys.first()?;
    if keys.iter().all(|key| key == own) {
        return None;
    }
    let unnumbered: Vec<Vec<String>> = keys.iter().map(|key| without_number(key)).collect();
    let (first, others) = unnumbered.split_first()?;
    let same = |other: &Vec<String>| {
        let pairs = first.iter().rev().zip(other.iter().rev());
        pairs
            .take_while(|(a, b)| words::lower(a) == words::lower(b))
            .count()
    };
    let length = others.iter().map(same).min()?;
    let common = first.get(first.len() - length..)?;
    (!common.is_empty() && common != own).then(|| common.to_vec())
}

/// `person2` without its number, `ipv6` without its version.
fn without_number(key: &[String]) -> Vec<String> {
    let Some((last, before)) = key.split_last() else {
        return Vec::new();
    };
    let word = last.trim_end_matches(|c: char| c.is_ascii_digit());
    let word = if word.len() < last.len() {
        word.strip_suffix(['v', 'V']).unwrap_or(word)
    } else {
        word
    };
    before
        .iter()
        .cloned()
        .chain(Some(word.to_owned()).filter(|word| !word.is_empty()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_their_last_words_in_common() {
        let words = |key: &str| type_name::words_of_key(key, false);
        for (keys, expected) in [
            ("billing_address shippingAddress", Some("address")),
            ("address address", None),
            ("address shippingAddress", None),
            ("shippingAddress address", Some("address")),
            ("person1 person2", Some("person")),
            ("ipv4 ipv6", Some("ip")),
            ("region planType", None),
        ] {
            let keys: Vec<_> = keys.split(' ').map(words).collect();
            let found = common_end(&keys).map(|words| words.join(" ").to_lowercase());
            assert_eq!(found.as_deref(), expected, "{keys:?}");
        }
    }

    #[test]
    fn members_of_several_are_called_as_one() {
        let field = |key: &str, id: usize| ir::StructField {
            key: key.to_owned(),
            ty: ir::Type::Named(ir::TypeId(id)),
            ..ir::StructField::default()
        };
        let def = |path: &[&str]| ir::TypeDef {
            origin: ir::Origin {
                operation: ir::OperationId::default(),
                operation_name: String::new(),
                role: ir::Role::Result(200.into()),
                path: path.iter().map(|key| (*key).to_owned()).collect(),
            },
            kind: ir::TypeKind::Struct(Vec::new()),
            docs: ir::Docs::default(),
            sent: false,
            received: true,
            name: None,
            declared: None,
            is_declared: false,
            is_closed: false,
            example: None,
        };
        let links = [field("self", 1), field("owner", 2), field("next", 1)];
        let found =
            |path: &[&str], fields| of_members(&def(path), fields).map(|(id, words)| (id.0, words.join(" ")));
        assert_eq!(found(&["links"], &links), Some((1, "link".to_owned())));
        assert_eq!(found(&["links"], &links[..2]), None);
        assert_eq!(found(&["links", "[]"], &links), None);
        assert_eq!(found(&["status"], &links), None);
        assert_eq!(found(&[], &links), None);
    }
}
