//! `waymark provider add`, `list`, `test` and `remove`. A key comes from standard input only, and goes to the keyring.

use serde::Serialize;
use waymark_app::{agent_run::providers, secrets::Keep};
use waymark_core::{
    agent_run::provider::{Model, Price, Provider},
    error::{Error, Result},
    id::ProviderId,
    secret::Secret,
};
use waymark_library::agent_run::providers as kept;

use crate::{
    Answer,
    args::agents::{self, Key, ProviderAdd},
    context::Context,
    input,
    output::table,
};

#[derive(Serialize)]
struct Providers {
    providers: Vec<Provider>,
}

#[derive(Serialize)]
struct Models {
    provider: String,
    models: Vec<String>,
}

#[derive(Serialize)]
struct Removed {
    id: ProviderId,
    name: String,
}

/// Runs one of the four.
pub async fn run(context: &Context, command: agents::Provider) -> Result<Answer> {
    match command {
        agents::Provider::Add(args) => add(context, args).await,
        agents::Provider::List => list(context).await,
        agents::Provider::Test { provider, key } => test(context, &provider, &key).await,
        agents::Provider::Remove { provider } => remove(context, &provider).await,
    }
}

/// The key that a run is given: from standard input, or from a variable of the environment. The usual variable counts
/// only where it is meant: at the usual address, or on this machine.
pub fn key(provider: &Provider, key: &Key) -> Result<Option<Secret>> {
    if key.key_stdin {
        return input::read_password().map(Some);
    }
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty()).map(Secret::new);
    if let Some(name) = &key.key_env {
        let missing = || {
            Error::invalid(format!("The environment has no `{name}`."))
                .with_field("key_env")
                .with_hint("Set it to the provider's key, or pipe the key in with `--key-stdin`.")
        };
        return set(name).map(Some).ok_or_else(missing);
    }
    let is_usual = provider.is_local() || provider.base_url == provider.kind.usual_base_url();
    Ok(if is_usual { set(provider.kind.key_variable()) } else { None })
}

async fn add(context: &Context, args: ProviderAdd) -> Result<Answer> {
    let app = context.app().await?;
    let known = kept::list(&app.library).await?.into_iter().find(|known| known.name == args.name);
    let known = known.filter(|_| args.update);
    let key = if args.key_stdin { Some(input::read_password()?) } else { None };
    let has_key = key.is_some();
    let provider = provider(&args, known.as_ref(), ProviderId::mint(app.env.random));
    let saved = providers::save(app, provider, key, Keep::Keyring).await?;
    if !has_key && known.is_none() && !saved.is_local() {
        context.output.note(&format!(
            "No key is kept. Add one with `--update --key-stdin`, or set `{}` for a run.",
            saved.kind.key_variable()
        ));
    }
    context.output.answer(&saved, || format!("Saved {} ({})", saved.name, saved.base_url))?;
    Ok(Answer::Yes)
}

/// As the arguments say; models that are known already keep their prices.
fn provider(args: &ProviderAdd, known: Option<&Provider>, id: ProviderId) -> Provider {
    let mut models = known.map(|known| known.models.clone()).unwrap_or_default();
    let names = args.models.iter().chain(args.prices.iter().map(|price| &price.model));
    for name in names {
        if models.iter().all(|model| model.name != *name) {
            models.push(Model { name: name.clone(), price: None });
        }
    }
    for price in &args.prices {
        let model = models.iter_mut().find(|model| model.name == price.model);
        model.into_iter().for_each(|model| {
            let (input_micros, output_micros) = (price.input_micros, price.output_micros);
            model.price = Some(Price { input_micros, output_micros, currency: args.currency.clone() });
        });
    }
    let usual = || known.filter(|known| known.kind == args.kind).map(|known| known.base_url.clone());
    Provider {
        id: known.map_or(id, |known| known.id.clone()),
        name: args.name.clone(),
        kind: args.kind,
        base_url: args.url.clone().or_else(usual).unwrap_or_else(|| args.kind.usual_base_url().to_owned()),
        allows_plain_http: args.allow_http || known.is_some_and(|known| known.allows_plain_http),
        models,
    }
}

async fn list(context: &Context) -> Result<Answer> {
    let value = Providers { providers: kept::list(&context.app().await?.library).await? };
    context.output.answer(&value, || columns(&value.providers))?;
    if value.providers.is_empty() && !context.output.is_json {
        context.output.note("No providers. Add one with `waymark provider add`.");
    }
    Ok(Answer::Yes)
}

fn columns(providers: &[Provider]) -> String {
    if providers.is_empty() {
        return String::new();
    }
    let row = |provider: &Provider| {
        let models: Vec<&str> = provider.models.iter().map(|model| model.name.as_str()).collect();
        vec![provider.name.clone(), provider.kind.name().to_owned(), provider.base_url.clone(), models.join(", ")]
    };
    table(&["name", "kind", "where", "models"], &providers.iter().map(row).collect::<Vec<_>>())
}

async fn test(context: &Context, name: &str, given: &Key) -> Result<Answer> {
    let app = context.app().await?;
    let provider = kept::find(&app.library, name).await?;
    let key = key(&provider, given)?;
    let models = providers::test(app, &provider, key, context.cancel()).await?;
    let value = Models { provider: provider.name, models };
    context.output.answer(&value, || value.models.join("\n"))?;
    if value.models.is_empty() {
        context.output.note("It answers, and has no models.");
    }
    Ok(Answer::Yes)
}

async fn remove(context: &Context, name: &str) -> Result<Answer> {
    let app = context.app().await?;
    let provider = kept::find(&app.library, name).await?;
    providers::remove(app, &provider.id).await?;
    let removed = Removed { id: provider.id, name: provider.name };
    context.output.answer(&removed, || format!("Removed {}", removed.name))?;
    Ok(Answer::Yes)
}
