//! Reading a file: from text to a walkthrough, or to an error that says what, where and how to mend it.

use std::collections::HashSet;

use crate::{
    error::{Error, Result},
    id::{AssignmentId, Random, WalkthroughId},
    json::FreeJson,
    limits,
    walkthrough::{Assignment, Millis, Walkthrough, WalkthroughStatus, WalkthroughType},
};

use super::{
    ImportedFile, VERSION, Warning,
    members::{
        Object, as_integer, as_list, as_named, as_text, checked_id, metadata, own, shortened, storable_all, twice,
        wrong,
    },
    record::{Members, Record},
    text,
};

/// Reads a file. `name` becomes the title of a bare list of steps, which has none. What production may have and the
/// platform's forms would not take (a title that is too long, incomplete or odd content) is read and warned about, so that
/// whatever was exported comes back.
///
/// # Errors
/// `InvalidInput`: no JSON (with line and column), another version, missing or ill-typed members (with their path),
/// NUL characters, texts too large to be stored, links to nowhere or to the step itself, ids that occur twice.
pub fn read(source: &str, name: &str, random: Random) -> Result<ImportedFile> {
    let file = parse(source)?;
    let mut reader = Reader { warnings: Vec::new(), random };
    let items = file.items();
    let is_bare_list = items.is_some();
    let walkthrough = match items {
        Some(items) => reader.bare_list(&items, name)?,
        None => reader.whole(&file)?,
    };
    Ok(ImportedFile { walkthrough, is_bare_list, warnings: reader.warnings })
}

fn parse(source: &str) -> Result<FreeJson> {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    if source.trim().is_empty() {
        return Err(Error::invalid("The file is empty.").with_hint("Choose a JSON export, or a list of steps."));
    }
    if let Some(at) = source.find('\0') {
        let (line, column) = text::place(source, at);
        return Err(Error::invalid(format!("The file contains a NUL character in line {line}, column {column}."))
            .with_hint("Remove the character. A file saved as UTF-16 is full of them: save it as UTF-8."));
    }
    match serde_json::from_str::<&serde_json::value::RawValue>(source) {
        Ok(_) => FreeJson::parse(&text::compact(source)),
        Err(error) => Err(broken(source, &error)),
    }
}

fn broken(source: &str, error: &serde_json::Error) -> Error {
    let (line, column) = (error.line(), error.column());
    let what = error.to_string();
    let what = what.split(" at line ").next().unwrap_or(&what).to_owned();
    if error.is_eof() {
        let last = source.lines().rfind(|line| !line.trim().is_empty()).map(|line| shortened(line.trim()));
        return Error::invalid(format!(
            "The file is not valid JSON: it ends in line {line} before it is complete ({what})."
        ))
        .with_hint(format!("Get the whole file again, or complete what comes after `{}`.", last.unwrap_or_default()));
    }
    let excerpt = source.lines().nth(line.saturating_sub(1)).map(|line| shortened(line.trim())).unwrap_or_default();
    Error::invalid(format!("The file is not valid JSON: {what} in line {line}, column {column}."))
        .with_hint(format!("Correct the JSON there, in `{excerpt}`."))
}

/// Reading one file: collects warnings on the way. Steps are read in `read_steps`.
pub(super) struct Reader {
    pub(super) warnings: Vec<Warning>,
    pub(super) random: Random,
}

impl Reader {
    pub(super) fn warn(&mut self, path: impl Into<String>, message: impl Into<String>) {
        self.warnings.push(Warning { path: path.into(), message: message.into() });
    }

    /// What is over a limit comes in as it is; it has to be mended before it is published anew.
    pub(super) fn warn_of_limit(&mut self, path: &str, checked: Result<()>) {
        if let Err(Error { message, hint, .. }) = checked {
            let hint = hint.unwrap_or_default();
            self.warn(path, format!("{message} It is kept as it is; mend it before you publish. {hint}"));
        }
    }

    fn bare_list(&mut self, items: &[FreeJson], name: &str) -> Result<Walkthrough> {
        limits::check_title(name)?;
        self.warn(
            "$",
            format!("The file is a bare list of steps: it became the course `{name}`. Check title and type."),
        );
        Ok(Walkthrough {
            steps: self.steps(items, "$", WalkthroughType::Course)?,
            ..Walkthrough::new(WalkthroughId::mint(self.random), name.to_owned(), WalkthroughType::Course)
        })
    }

    fn whole(&mut self, file: &FreeJson) -> Result<Walkthrough> {
        let mut file = Object::of(file, "$").map_err(|_| {
            Error::invalid("The file is neither a walkthrough export nor a list of steps.")
                .with_hint("An export begins with `{\"version\": \"1.0\", …`, a list of steps with `[`.")
        })?;
        let version = file.require("version", "\"1.0\"")?;
        if version.read::<String>().ok().as_deref() != Some(VERSION) {
            return Err(Error::invalid(format!(
                "`$.version` is {}, which this Waymark cannot read.",
                version.as_str()
            ))
            .with_field("$.version")
            .with_hint("It reads exports of version `\"1.0\"`. Export the walkthrough again in that version."));
        }
        file.take("exportedAt");
        let head = file.require("walkthrough", "{\"title\": \"…\", \"type\": \"quickstart\"}")?;
        let steps = as_list(&file.require("steps", "[]")?, "$.steps")?;
        let mut walkthrough = self.head(&head, file.rest)?;
        walkthrough.steps = self.steps(&steps, "$.steps", walkthrough.kind)?;
        Ok(walkthrough)
    }

    fn head(&mut self, json: &FreeJson, unknown_in_file: Members) -> Result<Walkthrough> {
        let mut object = Object::of(json, "$.walkthrough")?;
        let mut record = Record { file: storable_all(unknown_in_file, "$")?, ..Record::default() };
        let title = as_text(&object.require("title", "\"Install the tool\"")?, "$.walkthrough.title")?;
        self.warn_of_limit("$.walkthrough.title", limits::check_title(&title));
        let kind = object.require("type", "\"quickstart\"")?;
        let kind = as_named(&kind, "$.walkthrough.type")?;
        let description = object.take_text("description")?;
        let limit = limits::check_description(description.as_deref().unwrap_or_default());
        self.warn_of_limit("$.walkthrough.description", limit);
        let status = match self.spelled(&mut object, &mut record, "status") {
            Some(status) => as_named(&status, "$.walkthrough.status")?,
            None => WalkthroughStatus::Draft,
        };
        let tags = self.tags(&mut object, &mut record)?;
        let minutes: Option<i32> = self.number(&mut object, &mut record, "estimatedDurationMinutes")?;
        if let Some(minutes) = minutes.filter(|minutes| *minutes < 0) {
            let path = "$.walkthrough.estimatedDurationMinutes";
            return Err(wrong(path, "zero or more minutes", &FreeJson::of(&minutes)));
        }
        let created_at = self.number(&mut object, &mut record, "createdAt")?.map(Millis);
        let updated_at = self.number(&mut object, &mut record, "updatedAt")?.map(Millis);
        let metadata = metadata(&mut object)?;
        let mut ours = own(&mut object)?;
        let id = self.id(&mut object, &mut ours, &mut record, &["wt_"])?.map(WalkthroughId);
        let assignments = self.assignments(&mut ours)?;
        record.ours = storable_all(ours.rest, &ours.path)?;
        record.unknown = storable_all(object.rest, &object.path)?;
        Ok(Walkthrough {
            id: id.unwrap_or_else(|| WalkthroughId::mint(self.random)),
            title,
            description,
            kind,
            status,
            created_at,
            updated_at,
            estimated_duration_minutes: minutes,
            tags,
            metadata: record.join(metadata),
            steps: Vec::new(),
            assignments,
        })
    }

    /// Takes a member whose `null` means the same as its absence, and remembers a `null`.
    pub(super) fn spelled(&mut self, object: &mut Object, record: &mut Record, key: &str) -> Option<FreeJson> {
        let json = object.take(key)?;
        if json.is_null() {
            record.spelled.push((key.to_owned(), json));
            return None;
        }
        Some(json)
    }

    /// Takes a whole number, and remembers a spelling such as `5.0`.
    pub(super) fn number<T>(&mut self, object: &mut Object, record: &mut Record, key: &str) -> Result<Option<T>>
    where
        T: TryFrom<i64> + serde::Serialize,
    {
        let Some(json) = object.take(key).filter(|json| !json.is_null()) else {
            return Ok(None);
        };
        let number: T = as_integer(&json, &object.at(key))?;
        if FreeJson::of(&number) != json {
            record.spelled.push((key.to_owned(), json));
        }
        Ok(Some(number))
    }

    fn tags(&mut self, object: &mut Object, record: &mut Record) -> Result<Vec<String>> {
        let path = object.at("tags");
        let Some(json) = self.spelled(object, record, "tags") else {
            return Ok(Vec::new());
        };
        let tags = as_list(&json, &path)?;
        tags.iter().enumerate().map(|(index, tag)| as_text(tag, &format!("{path}[{index}]"))).collect()
    }

    /// The id: ours, else a plain `id` with the right prefix (which other tools write).
    pub(super) fn id(
        &mut self,
        object: &mut Object,
        ours: &mut Object,
        record: &mut Record,
        prefixes: &[&str],
    ) -> Result<Option<String>> {
        let id = ours.take_text("id")?;
        let plain = object.rest.iter().find(|(name, _)| name == "id").and_then(|(_, json)| json.read::<String>().ok());
        let Some(plain) = plain.filter(|id| prefixes.iter().any(|prefix| id.starts_with(prefix))) else {
            return checked_id(id, &ours.path);
        };
        if let Some(json) = object.take("id") {
            record.spelled.push(("id".to_owned(), json));
        }
        checked_id(id.or(Some(plain)), &object.path)
    }

    fn assignments(&mut self, ours: &mut Object) -> Result<Vec<Assignment>> {
        let path = ours.at("assignments");
        let Some(json) = ours.take("assignments").filter(|json| !json.is_null()) else {
            return Ok(Vec::new());
        };
        let items = as_list(&json, &path)?;
        let mut assignments = Vec::with_capacity(items.len());
        let mut servers = HashSet::new();
        for (index, item) in items.iter().enumerate() {
            let assignment = self.assignment(item, &format!("{path}[{index}]"))?;
            if !servers.insert(assignment.server.clone()) {
                return Err(twice(&format!("{path}[{index}].server"), &assignment.server));
            }
            assignments.push(assignment);
        }
        assignments.sort_by(|a, b| a.server.cmp(&b.server));
        Ok(assignments)
    }

    fn assignment(&mut self, json: &FreeJson, path: &str) -> Result<Assignment> {
        let mut object = Object::of(json, path)?;
        let server = object.require("server", "\"docs\"")?;
        let order = object.take("displayOrder").filter(|json| !json.is_null());
        let enabled = object.take("isEnabled").filter(|json| !json.is_null());
        let created_at = object.take("createdAt").filter(|json| !json.is_null());
        Ok(Assignment {
            id: object.take_text("id")?.map_or_else(|| AssignmentId::mint(self.random), AssignmentId),
            server: as_text(&server, &object.at("server"))?,
            display_order: order.map(|json| as_integer(&json, &object.at("displayOrder"))).transpose()?.unwrap_or(0),
            is_enabled: match enabled {
                Some(json) => json.read().map_err(|_| wrong(&object.at("isEnabled"), "true or false", &json))?,
                None => true,
            },
            created_at: created_at.map(|json| as_integer(&json, &object.at("createdAt"))).transpose()?.map(Millis),
        })
    }
}
