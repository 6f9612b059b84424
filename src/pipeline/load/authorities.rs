//! The authorities of a project: their settings, files and records.
//!
//! In: the project and what its own layer says. Out: one [`AuthorityInput`] for each that is wanted; one that is the
//! project itself where there are none. What stays true: an authority that does not exist is named with those that do.

use std::io;
use std::sync::Arc;

use super::AuthorityInput;
use super::file::read_yaml;
use super::layer::{LayerFiles, list_layer};
use super::records::{BaseRecords, own_synonyms, read_records};
use crate::config::authority::Authority;
use crate::config::fields;
use crate::config::project::Project;
use crate::diagnostics::{Code, Diagnostic, Span, suggest};
use crate::pipeline::Options;
use crate::source::Origin;
use crate::text::slug::slug;

pub(super) fn list_authorities(
    origin: &dyn Origin,
    project: &Project,
    content: &str,
    options: &Options,
    base: &BaseRecords,
    problems: &mut Vec<Diagnostic>,
) -> io::Result<Vec<AuthorityInput>> {
    let names = origin.list("authorities", problems)?;
    let mut ids: Vec<&str> =
        names.iter().filter_map(|name| name.strip_prefix("authorities/")?.split_once('/').map(|(id, _)| id)).collect();
    ids.dedup();
    for wanted in &options.authorities {
        if !ids.contains(&wanted.as_str()) {
            problems.push(unknown_authority(wanted, &ids));
        }
    }
    if let Some(default) = project.default_authority.as_ref().filter(|default| !ids.contains(&default.value.as_str())) {
        problems.push(unknown_authority(&default.value, &ids).at(Span::new(&project.file, default.extent)));
    }
    if ids.is_empty() {
        return Ok(vec![AuthorityInput {
            name: None,
            settings: Authority::of_project(project),
            files: LayerFiles::default(),
            records: Arc::new(base.over(base.given.clone())),
        }]);
    }
    let mut authorities = Vec::new();
    for id in ids
        .into_iter()
        .filter(|id| options.authorities.is_empty() || options.authorities.iter().any(|wanted| wanted == id))
    {
        let folder = format!("authorities/{id}");
        let name = format!("{folder}/authority.yaml");
        let Some((file, value)) = read_yaml(origin, &name, problems)? else {
            problems.push(
                Diagnostic::new(Code::AuthorityWithoutFile, format!("the authority `{id}` has no authority.yaml"))
                    .help(format!("write {name} with at least `name:`")),
            );
            continue;
        };
        if slug(id) != id {
            problems.push(
                Diagnostic::new(Code::BadValue, format!("the folder `{folder}` cannot be part of an address"))
                    .at(Span::whole(&file))
                    .help(format!("rename the folder to `{}`: small letters, digits and hyphens", slug(id))),
            );
        }
        let files = list_layer(origin, &folder, if content.is_empty() { "content" } else { content }, problems)?;
        let given = own_synonyms(origin, &files, problems)?.unwrap_or_else(|| base.given.clone());
        let (below, own) = (base.over(given), read_records(origin, &files, problems)?);
        own.synonyms.check_forgotten(&below.synonyms, problems);
        let records = Arc::new(below.laid_over(own));
        let settings = Authority::read(id, &file, &value, project, problems);
        authorities.push(AuthorityInput { name: Some(id.to_owned()), settings, files, records });
    }
    Ok(authorities)
}

fn unknown_authority(wanted: &str, ids: &[&str]) -> Diagnostic {
    let help = match suggest(wanted, ids.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if ids.is_empty() => {
            "this project has no folder authorities/; `guidepost new authority ID` starts one".to_owned()
        }
        None => format!("the authorities here are {}", fields::spoken_list(ids)),
    };
    Diagnostic::new(Code::UnknownAuthority, format!("there is no authority `{wanted}`")).help(help)
}
