//! Lowers a long list of items in parts, on all processors.
//!
//! In: what lowering carries along, and the nodes of a folder. Out: the nodes that are still to be lowered, one after another;
//! those before them are in the folder. A part is lowered as if nothing were before it. That is what would come of it in any
//! case, unless it adds to what lowering carries along, a setting in place of a credential: from there on each node has to
//! know of those before it.

use std::sync::atomic::{AtomicBool, Ordering};

use super::{Cx, Inherited};
use crate::diag::{Findings, Sink};
use crate::frontend::postman::model::Node;
use crate::ir::{Child, Folder};
use crate::parallel::in_parallel;

/// As many nodes as are worth a part.
const MANY: usize = 32;

/// What came of a part.
struct Part {
    nodes: usize,
    children: Vec<Child>,
    findings: Findings,
}

/// Lowers as many nodes as can be lowered in parts; gives those that are left.
pub(super) fn lower_nodes<'n, 'm>(
    cx: &mut Cx<'_>,
    nodes: &'n [Node<'m>],
    inherited: &Inherited<'_, '_>,
    into: &mut Folder,
) -> &'n [Node<'m>] {
    if !cx.is_whole || nodes.len() <= MANY {
        return nodes;
    }
    let parts: Vec<&[Node<'_>]> = nodes.chunks(MANY).collect();
    // What comes after a part that adds something is not worth the work; what comes before it may be done again.
    let stop = AtomicBool::new(false);
    let lowered = in_parallel(&parts, |part| {
        let lowered = (!stop.load(Ordering::Relaxed)).then(|| lower_part(cx, part, inherited));
        lowered.flatten().or_else(|| {
            stop.store(true, Ordering::Relaxed);
            None
        })
    });
    let mut done = 0;
    for part in lowered.into_iter().map_while(|part| part) {
        done += part.nodes;
        into.children.extend(part.children);
        cx.sink.append(part.findings);
    }
    nodes.get(done..).unwrap_or_default()
}

/// One part; `None` if what comes after it is to be lowered in another way.
fn lower_part(cx: &Cx<'_>, nodes: &[Node<'_>], inherited: &Inherited<'_, '_>) -> Option<Part> {
    let mut sink = Sink::default();
    let mut folder = Folder::default();
    let mut part = Cx {
        file: cx.file,
        keep_credentials: cx.keep_credentials,
        sink: &mut sink,
        settings: cx.settings.clone(),
        gathered: cx.gathered.clone(),
        breadcrumbs: cx.breadcrumbs.clone(),
        text: cx.text,
        named: None,
        hidden: cx.hidden.clone(),
        placeholders: cx.placeholders.clone(),
        is_whole: false,
    };
    super::lower_nodes(&mut part, nodes, inherited, &mut folder);
    let adds = part.settings.len() > cx.settings.len() || part.hidden.len() > cx.hidden.len();
    (!adds).then(|| Part {
        nodes: nodes.len(),
        children: folder.children,
        findings: sink.into_findings(),
    })
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::diag::{Code, Sink};
    use crate::frontend::{self, Source};

    /// What one part adds is known in those after it, and what is found comes in the order of the document.
    #[test]
    fn parts_make_the_same_as_one_after_the_other() {
        const SECRET: &str = "q6Zt8Kq2Lw93Vb47";
        let item = |number: usize| match number {
            10 | 90 => format!(r#"{{"name": "n{number}", "description": "as {SECRET} says"}}"#),
            40 | 70 => format!(
                r#"{{"name": "n{number}", "request": {{"url": "https://a.io/{number}",
                "header": [{{"key": "X-Api-Key", "value": "{SECRET}"}}]}}}}"#
            ),
            _ => format!(r#"{{"name": "n{number}", "request": "https://a.io/{number}"}}"#),
        };
        let items: Vec<String> = (0..200).map(item).collect();
        let text = format!(r#"{{"info": {{"name": "x"}}, "item": [{}]}}"#, items.join(","));
        let mut sink = Sink::default();
        let api = frontend::read(&Source::new("x.json", text), &Config::default(), &mut sink).unwrap();
        let (mut names, mut docs) = (Vec::new(), String::new());
        api.root.visit(&mut |operation| {
            names.push(operation.name.clone());
            docs += &operation.docs.text;
        });
        let expected: Vec<String> = (0..200).map(|number| format!("n{number}")).collect();
        assert_eq!(names, expected);
        assert_eq!(docs, "as [removed] saysas [removed] says");
        let settings = api
            .variables
            .iter()
            .filter(|variable| variable.name.contains("api"));
        assert_eq!(settings.count(), 1, "{:?}", api.variables);
        let found = sink.into_diagnostics();
        let found: Vec<_> = found
            .iter()
            .map(|found| (found.code, found.place.at.token()))
            .collect();
        let (empty, secret) = (Code::EmptyUrl, Code::Credential);
        assert_eq!(
            found,
            [
                (empty, "/item/10"),
                (secret, "/item/40/request/header/0"),
                (secret, "/item/70/request/header/0"),
                (empty, "/item/90"),
            ]
        );
    }
}
