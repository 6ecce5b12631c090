//! Bringing back what an earlier version had: all of it, or a part. Always one [`Edit`], so that one undo takes it back.

use serde::{Deserialize, Serialize};

use crate::{
    content::{ContentFields, Field},
    edit::Edit,
    error::{Code, Error, Result},
    hash::{CONTENT_HASH_KEY, REVISION_KEY},
    id::StepId,
    json::{FreeJson, own, with_own},
    quiz, section,
    walkthrough::{Step, Walkthrough},
};

/// What to bring back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "part", rename_all = "snake_case")]
pub enum RestorePart {
    /// Everything but the status, which is production's.
    All,
    /// One of title, description, type, tags, `estimated_duration_minutes` and metadata.
    Detail {
        /// Which.
        name: String,
    },
    /// A step with its title, texts, metadata and link; where it stands stays. A step that the earlier version did not
    /// have goes.
    Step {
        /// Which.
        step: StepId,
    },
    /// One text of a step.
    Field {
        /// Which step.
        step: StepId,
        /// Which text.
        field: Field,
    },
    /// One kind of thing and nothing else, in a step or in all that both versions have.
    Only {
        /// What.
        only: RestoreOnly,
        /// In which step; `None` for the walkthrough as a whole.
        step: Option<StepId>,
    },
}

/// What can be brought back by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum RestoreOnly {
    /// The walkthrough's title, or the step's.
    Title,
    /// Where steps lead. A link to a step that is gone stays as it is.
    Links,
    /// Quizzes, whole.
    Quiz,
    /// Which sections steps are in.
    Sections,
}

impl RestoreOnly {
    /// All, in the order of menus.
    pub const ALL: [RestoreOnly; 4] =
        [RestoreOnly::Title, RestoreOnly::Links, RestoreOnly::Quiz, RestoreOnly::Sections];

    /// The name over the wire and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            RestoreOnly::Title => "title",
            RestoreOnly::Links => "links",
            RestoreOnly::Quiz => "quiz",
            RestoreOnly::Sections => "sections",
        }
    }
}

impl std::str::FromStr for RestoreOnly {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        RestoreOnly::ALL.into_iter().find(|only| only.name() == text).ok_or_else(|| {
            let names = RestoreOnly::ALL.map(RestoreOnly::name);
            Error::invalid(format!("`{text}` cannot be brought back by itself."))
                .with_hint(format!("Use one of: {}.", names.join(", ")))
        })
    }
}

/// The edit that brings a part of `earlier` back into `present`.
///
/// # Errors
/// `NotFound` where neither version has the step, or one lacks the step whose text is wanted; `Refused` for text of an
/// unknown version; `InvalidInput` for a detail that there is not.
pub fn edit(earlier: &Walkthrough, present: &Walkthrough, part: &RestorePart) -> Result<Edit> {
    match part {
        RestorePart::All => Ok(all(earlier, present)),
        RestorePart::Detail { name } => detail(earlier, present, name),
        RestorePart::Step { step } => whole_step(earlier, present, step),
        RestorePart::Field { step, field } => text(earlier, present, step, *field),
        RestorePart::Only { only: RestoreOnly::Title, step: None } => {
            Ok(Edit::SetTitle { title: earlier.title.clone() })
        }
        RestorePart::Only { only, step } => in_steps(earlier, present, *only, step.as_ref()),
    }
}

fn all(earlier: &Walkthrough, present: &Walkthrough) -> Edit {
    let walkthrough = Walkthrough {
        id: present.id.clone(),
        status: present.status,
        created_at: present.created_at,
        updated_at: present.updated_at,
        metadata: metadata(earlier, present),
        ..earlier.clone()
    };
    Edit::Replace { walkthrough: Box::new(walkthrough) }
}

/// The earlier metadata, with what publishing noted there as it is now.
fn metadata(earlier: &Walkthrough, present: &Walkthrough) -> Option<FreeJson> {
    [REVISION_KEY, CONTENT_HASH_KEY].into_iter().fold(earlier.metadata.clone(), |metadata, key| {
        with_own(metadata.as_ref(), key, own(present.metadata.as_ref(), key))
    })
}

fn detail(earlier: &Walkthrough, present: &Walkthrough, name: &str) -> Result<Edit> {
    Ok(match name {
        "title" => Edit::SetTitle { title: earlier.title.clone() },
        "description" => Edit::SetDescription { description: earlier.description.clone() },
        "type" => Edit::SetType { kind: earlier.kind },
        "tags" => Edit::SetTags { tags: earlier.tags.clone() },
        "estimated_duration_minutes" => Edit::SetDuration { minutes: earlier.estimated_duration_minutes },
        "metadata" => Edit::SetMetadata { metadata: metadata(earlier, present) },
        _ => {
            return Err(Error::invalid(format!("A walkthrough has no detail `{name}`."))
                .with_hint("Use title, description, type, tags, estimated_duration_minutes or metadata."));
        }
    })
}

fn whole_step(earlier: &Walkthrough, present: &Walkthrough, id: &StepId) -> Result<Edit> {
    match (earlier.step(id), present.step(id)) {
        (None, None) => Err(no_step(id)),
        (None, Some(_)) => Ok(Edit::RemoveStep { step: id.clone() }),
        (Some(old), None) => Ok(put_back(earlier, present, old)),
        (Some(old), Some(now)) => Ok(exchange(present, old, now)),
    }
}

/// The step as it was, where it stands now.
fn exchange(present: &Walkthrough, old: &Step, now: &Step) -> Edit {
    let leads_somewhere = old.next_step_id.as_ref().is_none_or(|next| present.step(next).is_some());
    let step = Step {
        display_order: now.display_order,
        created_at: now.created_at,
        updated_at: now.updated_at,
        next_step_id: if leads_somewhere { old.next_step_id.clone() } else { now.next_step_id.clone() },
        ..old.clone()
    };
    Edit::Batch { edits: vec![Edit::DropStep { step: now.id.clone() }, Edit::PutStep { step: Box::new(step) }] }
}

/// A step that is gone, behind the nearest of those that stood before it. A link to the step behind it points to the one
/// that is there now; another link points where it pointed, if that is still there.
fn put_back(earlier: &Walkthrough, present: &Walkthrough, old: &Step) -> Edit {
    let place = earlier.steps.iter().position(|step| step.id == old.id).unwrap_or_default();
    let neighbor = earlier.steps[..place].iter().rev().find_map(|step| present.step_index(&step.id).ok());
    let at = neighbor.map_or(0, |index| index + 1);
    let is_plain = old.next_step_id.as_ref() == earlier.steps.get(place + 1).map(|step| &step.id);
    let next = match &old.next_step_id {
        Some(_) if is_plain => present.steps.get(at).map(|step| step.id.clone()),
        next => next.clone().filter(|next| present.step(next).is_some()),
    };
    let mut edits = vec![Edit::AddStep { step: Box::new(old.clone()), at: at as u32 }];
    edits.extend(next.map(|next| Edit::SetLink { step: old.id.clone(), next: Some(next) }));
    Edit::Batch { edits }
}

fn text(earlier: &Walkthrough, present: &Walkthrough, id: &StepId, field: Field) -> Result<Edit> {
    let old = earlier.step(id).ok_or_else(|| no_step(id))?;
    let now = present.step(id).ok_or_else(|| no_longer(earlier, id))?;
    if let ContentFields::Unknown { .. } = &old.content_fields {
        return Err(Error::new(Code::Refused, "That version of the step has content that this Waymark cannot read.")
            .with_hint("Restore the whole step: it comes back as it was."));
    }
    now.content_fields.clone().editable()?;
    let text = old.content_fields.text(field).map(str::to_owned);
    Ok(Edit::SetField { step: id.clone(), field, text })
}

/// One kind of thing in one step, or in all that both versions have.
fn in_steps(earlier: &Walkthrough, present: &Walkthrough, only: RestoreOnly, step: Option<&StepId>) -> Result<Edit> {
    if let Some(id) = step {
        earlier.step(id).ok_or_else(|| no_step(id))?;
        present.step(id).ok_or_else(|| no_longer(earlier, id))?;
    }
    let steps = present.steps.iter().filter(|now| step.is_none_or(|id| now.id == *id));
    let mut edits = Vec::new();
    for (now, old) in steps.filter_map(|now| Some((now, earlier.step(&now.id)?))) {
        edits.extend(match only {
            RestoreOnly::Title => {
                (old.title != now.title).then(|| Edit::RenameStep { step: now.id.clone(), title: old.title.clone() })
            }
            RestoreOnly::Links => link(present, old, now),
            RestoreOnly::Quiz => member(old, now, quiz::KEY)?,
            RestoreOnly::Sections => member(old, now, section::KEY)?,
        });
    }
    Ok(Edit::Batch { edits })
}

fn link(present: &Walkthrough, old: &Step, now: &Step) -> Option<Edit> {
    let leads_somewhere = old.next_step_id.as_ref().is_none_or(|next| present.step(next).is_some());
    (leads_somewhere && old.next_step_id != now.next_step_id)
        .then(|| Edit::SetLink { step: now.id.clone(), next: old.next_step_id.clone() })
}

/// One of our members of the metadata; the others stay.
fn member(old: &Step, now: &Step, key: &str) -> Result<Option<Edit>> {
    let value = own(old.metadata.as_ref(), key);
    if value == own(now.metadata.as_ref(), key) {
        return Ok(None);
    }
    if now.metadata.as_ref().is_some_and(|json| !json.is_null() && json.entries().is_none()) {
        let message =
            format!("The metadata of the step `{}` is not a JSON object, so that there is no room.", now.title);
        return Err(Error::new(Code::Refused, message).with_hint("Make the metadata an object first."));
    }
    let metadata = with_own(now.metadata.as_ref(), key, value);
    Ok(Some(Edit::SetStepMetadata { step: now.id.clone(), metadata }))
}

fn no_longer(earlier: &Walkthrough, id: &StepId) -> Error {
    let title = earlier.step(id).map_or("", |step| step.title.as_str());
    Error::not_found(format!("The step `{title}` is no longer in the draft."))
        .with_hint("Restore the whole step first.")
}

fn no_step(id: &StepId) -> Error {
    Error::not_found(format!("That version has no step `{id}`.")).with_hint("Choose a version in which the step is.")
}
