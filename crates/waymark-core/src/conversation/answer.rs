//! What is said in a turn: the engine's answer as text, and what is shown of it.

use crate::{
    content::Field,
    error::Result,
    learner::{
        call::Profile,
        heard::Heard,
        standing::StepContent,
        turn::{Delivery, Turn},
        words,
    },
    markdown,
    preview::{self, Segment, TokenCount},
    render::{self, Template, delivery},
    tokens::{self, Encoding},
};

/// Which part of an answer is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// The text and its tokens.
    Text,
    /// Segments and HTML too, which cost more than everything else together.
    Everything,
}

/// An answer with what is shown of it.
pub struct Spoken {
    pub heard: Heard,
    pub segments: Vec<Segment>,
    pub tokens: TokenCount,
    pub user_html: Option<String>,
}

impl Spoken {
    /// The delivery of a step.
    pub fn of_step(
        turn: &Turn,
        delivery: &Delivery,
        content: &StepContent,
        template: &Template,
        wanted: Wanted,
        encoding: Encoding,
    ) -> Result<Self> {
        let fields = &content.step.content_fields;
        let (text, segments, user_html) = match wanted {
            Wanted::Text => (delivery::text(template, delivery, content)?, Vec::new(), None),
            Wanted::Everything => {
                let segments = delivery::segments(template, delivery, content)?;
                let for_user = fields.text(Field::ContentForUser).filter(|_| fields.has_text(Field::ContentForUser));
                (render::text(&segments), segments, for_user.map(markdown::to_safe_html))
            }
        };
        let tokens = preview::count(encoding, fields, &text);
        Ok(Self { heard: Heard::of(turn, text), segments, tokens, user_html })
    }

    /// Any other answer.
    pub fn of_words(turn: &Turn, profile: Profile, encoding: Encoding) -> Self {
        let text = words::text(&turn.answer, profile).expect("BUG: only a step has no words");
        let total = tokens::count(encoding, &text);
        let tokens = TokenCount { encoding, total, fields: Vec::new(), template: total };
        let segments = vec![Segment { text: text.clone(), field: None }];
        Self { heard: Heard::of(turn, text), segments, tokens, user_html: None }
    }
}
