//! What the preview panes show of one step: the agent's exact text with where each part came from, tokens, and what
//! the user would see.

use serde::{Deserialize, Serialize};

use crate::{
    content::{ContentFields, Field},
    error::Result,
    id::StepId,
    learner::{call::Profile, path::in_learner_order},
    markdown,
    progress::Progress,
    render,
    tokens::{self, Encoding},
    walkthrough::{Step, Walkthrough},
    wording::chosen::Wordings,
};

/// A stretch of the agent's text. The segments of a text, joined, are the text byte for byte.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Segment {
    /// The bytes.
    pub text: String,
    /// Which field's block it belongs to (with its delimiters); `None` for the template's own words.
    pub field: Option<Field>,
}

/// Tokens of one rendered step.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct TokenCount {
    /// Which tokenizer counted.
    pub encoding: Encoding,
    /// Of the whole text.
    pub total: u32,
    /// Of each field's own text.
    pub fields: Vec<FieldTokens>,
    /// What the template costs: the total less the fields.
    pub template: u32,
}

/// Tokens of one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct FieldTokens {
    /// Which field.
    pub field: Field,
    /// How many.
    pub tokens: u32,
}

/// Tokens of the texts of a walkthrough as they are written, without what a template adds: what budgets are about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenTokens {
    /// Which tokenizer counted.
    pub tokenizer: Encoding,
    /// Of all steps.
    pub total: u32,
    /// Of each step, in order.
    pub steps: Vec<StepTokens>,
}

/// Tokens of the texts of one step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepTokens {
    /// Which step.
    pub step: StepId,
    /// Of all its texts.
    pub total: u32,
    /// Of each text that is there.
    pub fields: Vec<FieldTokens>,
}

/// Everything the preview panes show of one step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct StepPreview {
    /// The step.
    pub step: StepId,
    /// The agent's text in stretches.
    pub agent: Vec<Segment>,
    /// Its tokens.
    pub tokens: TokenCount,
    /// The user content as safe HTML, where it was asked for.
    pub user_html: Option<String>,
}

/// Everything the preview panes show of one step, with all steps before it completed; the user's side only where it is wanted, because
/// its HTML is as large as everything else together.
///
/// # Errors
/// `NotFound` for a step that is not there; those of the wording.
pub fn step(
    walkthrough: &Walkthrough,
    id: &StepId,
    with_user: bool,
    wordings: &Wordings,
    encoding: Encoding,
) -> Result<StepPreview> {
    let walkthrough = &*in_learner_order(walkthrough);
    let index = walkthrough.step_index(id)?;
    let content = &walkthrough.steps[index].content_fields;
    let progress = Progress::before(index, walkthrough.steps.len());
    let template = wordings.template(walkthrough.kind, Profile::Current);
    let agent = render::render_step(template, walkthrough, index, progress)?;
    let tokens = count(encoding, content, &render::text(&agent));
    let user_text = content.text(Field::ContentForUser).unwrap_or_default();
    let user_html = with_user.then(|| markdown::to_safe_html(user_text));
    Ok(StepPreview { step: id.clone(), agent, tokens, user_html })
}

/// Tokens of everything that is written in a walkthrough.
pub fn written(encoding: Encoding, walkthrough: &Walkthrough) -> WrittenTokens {
    let of_field = |step: &Step, field: Field| {
        let text = step.content_fields.text(field).filter(|text| !text.is_empty())?;
        Some(FieldTokens { field, tokens: tokens::count(encoding, text) })
    };
    let of_step = |step: &Step| {
        let fields: Vec<_> = Field::ALL.into_iter().filter_map(|field| of_field(step, field)).collect();
        StepTokens { step: step.id.clone(), total: fields.iter().map(|field| field.tokens).sum(), fields }
    };
    let steps: Vec<_> = walkthrough.steps.iter().map(of_step).collect();
    WrittenTokens { tokenizer: encoding, total: steps.iter().map(|step| step.total).sum(), steps }
}

/// Tokens of a rendered text and of the fields in it.
pub fn count(encoding: Encoding, content: &ContentFields, text: &str) -> TokenCount {
    let shown = Field::ALL.into_iter().filter(|field| content.has_text(*field));
    let (names, texts): (Vec<Field>, Vec<&str>) =
        shown.map(|field| (field, content.text(field).unwrap_or_default())).unzip();
    let (total, tokens) = tokens::count_with_parts(encoding, text, &texts);
    let fields: Vec<FieldTokens> =
        names.into_iter().zip(tokens).map(|(field, tokens)| FieldTokens { field, tokens }).collect();
    let template = total.saturating_sub(fields.iter().map(|field| field.tokens).sum());
    TokenCount { encoding, total, fields, template }
}
