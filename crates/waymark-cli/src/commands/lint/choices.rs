//! `waymark lint` where it does not check: silencing, own words, languages, groups of rules.

use std::path::PathBuf;

use serde::Serialize;
use waymark_core::{
    error::{Error, Result},
    id::{StepId, WalkthroughId},
    lint::{
        own::{self as rules, OwnChoice, OwnChoices},
        silence::SilenceRule,
        style::Group,
    },
    search::Part,
    tokens::Encoding,
};
use waymark_library::{
    Library, drafts,
    lint::{
        SilenceFindings,
        own::{self, MakeOwnChoice},
        words::{self, AddWord, ChangeLintSettings, ImportDictionary, Language, LintSettings},
    },
};

use crate::{
    Answer,
    args::lint::{Lint, LintChoices},
    context::{Context, ORIGIN},
};

/// What takes a walkthrough's language away.
const NO_LANGUAGE: &str = "none";

/// The choices as they are afterwards.
#[derive(Serialize)]
struct Choices {
    words: Vec<String>,
    languages: Vec<Language>,
    settings: LintSettings,
    /// What the walkthroughs that were named say themselves.
    walkthroughs: Vec<OfWalkthrough>,
}

#[derive(Serialize)]
struct OfWalkthrough {
    walkthrough_id: WalkthroughId,
    title: String,
    #[serde(flatten)]
    own: OwnChoices,
}

/// Whether anything of this was asked for.
pub fn is_any(args: &Lint) -> bool {
    let LintChoices {
        add_word,
        remove_word,
        words,
        language,
        token_budget,
        walkthrough_token_budget,
        field_token_budget,
        tokenizer,
        import_dictionary,
        remove_dictionary,
        off,
        on,
        add_private_host,
        remove_private_host,
    } = &args.choices;
    let lists =
        [add_word, remove_word, import_dictionary, remove_dictionary, off, on, add_private_host, remove_private_host];
    args.silence.is_some()
        || args.unsilence.is_some()
        || *words
        || language.is_some()
        || [token_budget, walkthrough_token_budget, field_token_budget, tokenizer].iter().any(|said| said.is_some())
        || lists.iter().any(|list| !list.is_empty())
}

/// Does what was asked for, in the order of the options' help.
pub async fn run(context: &Context, args: Lint) -> Result<Answer> {
    let library = &context.app().await?.library;
    let mut ids = Vec::with_capacity(args.walkthroughs.len());
    for name in &args.walkthroughs {
        ids.push(context.find(name).await?);
    }
    if args.silence.is_some() || args.unsilence.is_some() {
        return silence(context, library, &args, &ids).await;
    }
    let choices = args.choices;
    if ids.is_empty() && choices.language.as_deref() == Some(NO_LANGUAGE) {
        return Err(Error::invalid("The library itself needs a language.")
            .with_field("language")
            .with_hint("Give its code, or name the walkthroughs that are to say none."));
    }
    for word in choices.add_word {
        let places: Vec<Option<WalkthroughId>> =
            if ids.is_empty() { vec![None] } else { ids.iter().cloned().map(Some).collect() };
        for walkthrough in places {
            words::add_word(library, AddWord { word: word.clone(), walkthrough }, ORIGIN).await?;
        }
    }
    for word in choices.remove_word {
        match ids.is_empty() {
            true => words::remove_word(library, &word, ORIGIN).await?,
            false => choose(library, &ids, OwnChoice::RemoveWord(word)).await?,
        }
    }
    if let [language, affixes, list] = &choices.import_dictionary[..] {
        let (affixes, words) = (PathBuf::from(affixes), PathBuf::from(list));
        let input = ImportDictionary { language: language.clone(), affixes, words };
        words::import_dictionary(library, input, ORIGIN).await?;
    }
    for language in choices.remove_dictionary {
        words::remove_dictionary(library, language, ORIGIN).await?;
    }
    if let Some(language) = choices.language.clone() {
        choose(library, &ids, OwnChoice::Language((language != NO_LANGUAGE).then_some(language))).await?;
    }
    for (said, choice) in [
        (&choices.token_budget, OwnChoice::TokenBudget as fn(Option<u32>) -> OwnChoice),
        (&choices.walkthrough_token_budget, OwnChoice::WalkthroughTokenBudget),
        (&choices.field_token_budget, OwnChoice::FieldTokenBudget),
    ] {
        if let Some(budget) = said {
            choose(library, &ids, choice(token_budget(budget)?)).await?;
        }
    }
    let change = ChangeLintSettings {
        language: choices.language.filter(|_| ids.is_empty()),
        off: groups(&choices.off)?,
        on: groups(&choices.on)?,
        add_hosts: choices.add_private_host,
        remove_hosts: choices.remove_private_host,
        tokenizer: choices.tokenizer.as_deref().map(Encoding::find).transpose()?,
    };
    let settings = words::change_settings(library, change, ORIGIN).await?;
    let mut walkthroughs = Vec::with_capacity(ids.len());
    for id in ids {
        let walkthrough = drafts::open(library, &id).await?.draft.walkthrough;
        let own = rules::choices(&walkthrough);
        walkthroughs.push(OfWalkthrough { walkthrough_id: id, title: walkthrough.title, own });
    }
    let (words, languages) = (words::words(library).await?, words::languages(library).await);
    let choices = Choices { words, languages, settings, walkthroughs };
    context.output.answer(&choices, || text(&choices))?;
    Ok(Answer::Yes)
}

async fn choose(library: &Library, ids: &[WalkthroughId], choice: OwnChoice) -> Result<()> {
    for id in ids {
        let input = MakeOwnChoice { walkthrough: id.clone(), choice: choice.clone() };
        own::choose(library, input, ORIGIN).await?;
    }
    Ok(())
}

fn token_budget(text: &str) -> Result<Option<u32>> {
    if text == "default" {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| {
        Error::invalid(format!("`{text}` is no number of tokens."))
            .with_field("token_budget")
            .with_hint("Give a whole number, or `default` for what comes with Waymark.")
    })
}

async fn silence(context: &Context, library: &Library, args: &Lint, ids: &[WalkthroughId]) -> Result<Answer> {
    let [id] = ids else {
        return Err(Error::invalid("Silencing needs exactly one walkthrough.")
            .with_hint("Name it by its id or its exact title."));
    };
    let walkthrough = drafts::open(library, id).await?.draft.walkthrough;
    let step = match &args.step {
        None => None,
        Some(name) => {
            let numbered = name.parse::<usize>().ok().and_then(|number| walkthrough.steps.get(number.checked_sub(1)?));
            let step = numbered.or_else(|| walkthrough.steps.iter().find(|step| step.id.as_str() == name));
            let missing = || Error::not_found(format!("`{}` has no step `{name}`.", walkthrough.title));
            Some(StepId::from(step.ok_or_else(missing)?.id.as_str()))
        }
    };
    let rule = args.silence.clone().or_else(|| args.unsilence.clone()).unwrap_or_default();
    let silence = SilenceRule {
        rule,
        step,
        field: args.field.and_then(Part::field),
        part: args.field.filter(|part| part.field().is_none()),
        reason: args.reason.clone(),
    };
    waymark_library::lint::silence(
        library,
        SilenceFindings { walkthrough: id.clone(), silence: silence.clone() },
        ORIGIN,
    )
    .await?;
    context.output.answer(&silence, || match &silence.reason {
        Some(reason) => format!("Silenced {}: {}", silence.rule, reason),
        None => format!("{} speaks again", silence.rule),
    })?;
    Ok(Answer::Yes)
}

fn groups(names: &[String]) -> Result<Vec<Group>> {
    let find = |name: &String| {
        Group::find(name).ok_or_else(|| {
            let known: Vec<&str> = Group::ALL.iter().map(|group| group.name()).collect();
            Error::invalid(format!("There is no group of rules `{name}`."))
                .with_hint(format!("One of {}.", known.join(", ")))
        })
    };
    names.iter().map(find).collect()
}

fn text(choices: &Choices) -> String {
    let Choices { words, languages, settings, walkthroughs } = choices;
    let off: Vec<&str> = settings.off.iter().map(|group| group.name()).collect();
    let list = |items: String| if items.is_empty() { "none".to_owned() } else { items };
    let languages: Vec<&str> = languages.iter().map(|language| language.code.as_str()).collect();
    let mut text = format!(
        "language: {}\ndictionaries: {}\nswitched off: {}\nown words: {}\nprivate hosts: {}\ntokenizer: {}",
        settings.language,
        languages.join(", "),
        list(off.join(", ")),
        list(words.join(", ")),
        list(settings.private_hosts.join(", ")),
        settings.tokenizer.name()
    );
    for OfWalkthrough { title, own, .. } in walkthroughs {
        text += &format!(
            "\n\n{title}\nlanguage: {}\nown words: {}\ntokens a step may have: {}\ntokens it may have: {}\ntokens a field may have: {}",
            own.language.as_deref().unwrap_or("the library's"),
            list(own.words.join(", ")),
            own.token_budget.unwrap_or(rules::TOKEN_BUDGET),
            own.walkthrough_token_budget.unwrap_or(rules::WALKTHROUGH_TOKEN_BUDGET),
            own.field_token_budget.map_or("as many as the step".to_owned(), |budget| budget.to_string())
        );
    }
    text
}
