//! Reading the steps of a file: texts, order, links.

use std::collections::{BTreeSet, HashSet};

use crate::{
    content::{ContentFields, Field},
    error::{Error, Result},
    id::StepId,
    json::FreeJson,
    limits,
    walkthrough::{Millis, Step, WalkthroughType, sort_steps},
};

use super::{
    members::{Object, as_text, at, metadata, own, storable, storable_all, twice, wrong},
    read::Reader,
    record::{Members, Record},
};

/// A step as read, before links can be resolved.
struct ReadStep {
    step: Step,
    /// Zero-based index of the next step, with its path.
    next: Option<usize>,
}

impl Reader {
    /// Reads the list of steps, resolves their links and brings them into their order.
    ///
    /// # Errors
    /// As [`super::read()`].
    pub(super) fn steps(&mut self, items: &[FreeJson], path: &str, kind: WalkthroughType) -> Result<Vec<Step>> {
        if items.len() > limits::STEPS_MAX {
            return Err(Error::invalid(format!("`{path}` has {} steps.", items.len()))
                .with_field(path)
                .with_hint(format!("A walkthrough may have up to {}. Split it.", limits::STEPS_MAX)));
        }
        if items.is_empty() {
            self.warn(path, "The walkthrough has no steps.");
        }
        let mut spare_ids = self.spare_ids(items.len())?.into_iter();
        let mut read = Vec::with_capacity(items.len());
        let mut order = 0;
        for (index, item) in items.iter().enumerate() {
            let spare = spare_ids.next().ok_or_else(|| Error::bug("There are fewer new ids than steps."))?;
            let path = format!("{path}[{index}]");
            let step = self.step(item, &path, spare, order)?;
            self.warn_of_gaps(&step.step, &path, kind);
            order = step.step.display_order.saturating_add(1);
            read.push(step);
        }
        self.settle(read, path)
    }

    /// New ids in ascending order: where `displayOrder` is tied, steps are ordered by id, and keep the file's order so.
    fn spare_ids(&self, count: usize) -> Result<BTreeSet<StepId>> {
        let mut ids = BTreeSet::new();
        for _ in 0..count * 4 + 16 {
            if ids.len() == count {
                return Ok(ids);
            }
            ids.insert(StepId::mint(self.random));
        }
        Err(Error::bug("The source of randomness repeats itself."))
    }

    fn step(&mut self, json: &FreeJson, path: &str, spare: StepId, order: i32) -> Result<ReadStep> {
        let mut object = Object::of(json, path)?;
        let mut record = Record::default();
        let title = as_text(&object.require("title", "\"Check the version\"")?, &object.at("title"))?;
        self.warn_of_limit(&object.at("title"), limits::check_step_title(&title));
        let content_fields = self.content(&mut object)?;
        // A first step without an order is number 1; another one follows the step before it.
        let display_order = self.number(&mut object, &mut record, "displayOrder")?.unwrap_or(order.max(1));
        let created_at = self.number(&mut object, &mut record, "createdAt")?.map(Millis);
        let updated_at = self.number(&mut object, &mut record, "updatedAt")?.map(Millis);
        let next = self.next(&mut object, &mut record)?;
        let metadata = metadata(&mut object)?;
        let mut ours = own(&mut object)?;
        let id = self.id(&mut object, &mut ours, &mut record, &["wts_", "ws_"])?.map(StepId);
        record.ours = storable_all(ours.rest, &ours.path)?;
        record.unknown = storable_all(object.rest, &object.path)?;
        let step = Step {
            id: id.unwrap_or(spare),
            title,
            content_fields,
            display_order,
            next_step_id: None,
            created_at,
            updated_at,
            metadata: record.join(metadata),
        };
        Ok(ReadStep { step, next })
    }

    fn content(&mut self, object: &mut Object) -> Result<ContentFields> {
        let path = object.at("contentFields");
        let example = "{\"version\": \"v1\", \"contentForUser\": \"…\"}";
        // A `null` that production has is no member that somebody forgot.
        let json = match object.take("contentFields") {
            Some(json) => json,
            None => object.require("contentFields", example)?,
        };
        let Ok(mut members) = Object::of(&json, &path) else {
            return self.odd_content(json, &path, "The content is no object");
        };
        let version = members.take("version");
        if version.as_ref().is_some_and(|version| *version != FreeJson::of("v1")) {
            self.warn(
                members.at("version"),
                "This version of the content is unknown here. The step is kept as it is and cannot be edited.",
            );
            return Ok(ContentFields::Unknown { json: storable(json, &path)? });
        }
        let is_odd = |(key, value): &&(String, FreeJson)| {
            Field::ALL.iter().any(|field| field.key() == key || field.name() == key)
                && !value.is_null()
                && value.read::<String>().is_err()
        };
        if let Some((key, _)) = members.rest.iter().find(is_odd) {
            let what = format!("`{key}` is no text");
            return self.odd_content(json, &path, &what);
        }
        if version.is_none() {
            self.warn(members.at("version"), "The content has no version; `v1` is assumed.");
        }
        let mut known: Members = vec![("version".to_owned(), FreeJson::of("v1"))];
        for field in Field::ALL {
            let Some(value) = members.take(field.key()) else { continue };
            if !value.is_null() {
                at(&members.at(field.key()), limits::check_field(field, &as_text(&value, &members.at(field.key()))?))?;
            }
            known.push((field.key().to_owned(), value));
        }
        known.extend(storable_all(members.rest, &path)?);
        Ok(ContentFields::from_json(&FreeJson::object(&known)))
    }

    /// Content that no version explains, as production may have it.
    fn odd_content(&mut self, json: FreeJson, path: &str, what: &str) -> Result<ContentFields> {
        self.warn(path, format!("{what}. The step is kept as it is and cannot be edited."));
        Ok(ContentFields::Unknown { json: storable(json, path)? })
    }

    fn next(&mut self, object: &mut Object, record: &mut Record) -> Result<Option<usize>> {
        let path = object.at("nextStepReference");
        let next: Option<i64> = self.number(object, record, "nextStepReference")?;
        match next {
            None => Ok(None),
            Some(-1) => {
                record.spelled.push(("nextStepReference".to_owned(), FreeJson::of(&-1)));
                self.warn(path, "The link to the next step was already broken when the file was made.");
                Ok(None)
            }
            Some(next) => usize::try_from(next)
                .map(Some)
                .map_err(|_| wrong(&path, "the index of a step (from 0), null or -1", &FreeJson::of(&next))),
        }
    }

    /// Resolves links, refuses doubled ids, and brings the steps into their order.
    fn settle(&mut self, read: Vec<ReadStep>, path: &str) -> Result<Vec<Step>> {
        let ids: Vec<StepId> = read.iter().map(|read| read.step.id.clone()).collect();
        let mut known = HashSet::with_capacity(ids.len());
        let mut steps = Vec::with_capacity(read.len());
        for (index, ReadStep { mut step, next }) in read.into_iter().enumerate() {
            if !known.insert(ids[index].clone()) {
                return Err(twice(&format!("{path}[{index}]"), ids[index].as_str()));
            }
            if let Some(next) = next {
                step.next_step_id = Some(linked(&ids, index, next, path)?.clone());
            }
            steps.push(step);
        }
        sort_steps(&mut steps);
        if !steps.iter().map(|step| &step.id).eq(&ids) {
            self.warn(path, "The steps were put into the order of their `displayOrder`.");
        }
        Ok(steps)
    }

    fn warn_of_gaps(&mut self, step: &Step, path: &str, kind: WalkthroughType) {
        let ContentFields::V1(_) = step.content_fields else { return };
        for field in limits::required_fields(kind) {
            if !step.content_fields.has_text(*field) {
                self.warn(
                    format!("{path}.contentFields.{}", field.key()),
                    format!("`{}` has no {}, which every step of the type `{kind}` needs.", step.title, field.label()),
                );
            }
        }
    }
}

fn linked<'a>(ids: &'a [StepId], index: usize, next: usize, path: &str) -> Result<&'a StepId> {
    let at = format!("{path}[{index}].nextStepReference");
    if next == index {
        return Err(Error::invalid(format!("`{at}` is {next}: the step points to itself."))
            .with_field(at)
            .with_hint("Put the index (from 0) of another step there, or null for none."));
    }
    ids.get(next).ok_or_else(|| {
        Error::invalid(format!("`{at}` is {next}, but the last step has the index {}.", ids.len() - 1))
            .with_field(at)
            .with_hint("Indexes count from 0. Put the index of a step there, or null for none.")
    })
}
