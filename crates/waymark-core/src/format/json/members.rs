//! Reading members of JSON objects with errors that say where, what was found, and what would fit.

use crate::{
    error::{Error, Result},
    json::{FreeJson, OWN_KEY},
};

use super::{record::Members, text};

/// An object being read: known members are taken out, what remains is unknown.
pub struct Object {
    /// Where it stands, e.g. `$.steps[2]`.
    pub path: String,
    /// What has not been taken yet.
    pub rest: Members,
}

impl Object {
    /// # Errors
    /// `InvalidInput` when it is something else.
    pub fn of(json: &FreeJson, path: &str) -> Result<Self> {
        match json.entries() {
            Some(rest) => Ok(Self { path: path.to_owned(), rest }),
            None => Err(wrong(path, "an object", json)),
        }
    }

    /// The path of a member.
    pub fn at(&self, key: &str) -> String {
        format!("{}.{key}", self.path)
    }

    /// Takes a member out, by its name or else by its name in snake case.
    pub fn take(&mut self, key: &str) -> Option<FreeJson> {
        let place = self.place(key).or_else(|| self.place(&snake(key)))?;
        Some(self.rest.remove(place).1)
    }

    /// Takes a member that must be there.
    ///
    /// # Errors
    /// `InvalidInput` that names it and shows what to add.
    pub fn require(&mut self, key: &str, example: &str) -> Result<FreeJson> {
        self.take(key).filter(|json| !json.is_null()).ok_or_else(|| {
            Error::invalid(format!("`{}` is missing.", self.at(key)))
                .with_field(self.at(key))
                .with_hint(format!("Add it, for example `\"{key}\": {example}`."))
        })
    }

    /// Takes a text that may be absent or null.
    ///
    /// # Errors
    /// `InvalidInput` for anything else.
    pub fn take_text(&mut self, key: &str) -> Result<Option<String>> {
        let path = self.at(key);
        self.take(key).filter(|json| !json.is_null()).map(|json| as_text(&json, &path)).transpose()
    }

    fn place(&self, key: &str) -> Option<usize> {
        self.rest.iter().position(|(name, _)| name == key)
    }
}

/// `displayOrder` → `display_order`.
fn snake(key: &str) -> String {
    let mut out = String::with_capacity(key.len() + 4);
    for character in key.chars() {
        if character.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(character.to_ascii_lowercase());
    }
    out
}

/// A text.
///
/// # Errors
/// `InvalidInput` for another kind of value, and for NUL characters.
pub fn as_text(json: &FreeJson, path: &str) -> Result<String> {
    let text: String = json.read().map_err(|_| wrong(path, "a text", json))?;
    if text.contains('\0') { Err(nul(path)) } else { Ok(text) }
}

/// A whole number; `5.0` and `5e0` are whole.
///
/// # Errors
/// `InvalidInput` for another kind of value, a fraction, or a number that is out of the range of `T`.
pub fn as_integer<T: TryFrom<i64>>(json: &FreeJson, path: &str) -> Result<T> {
    let exact = json.read::<i64>().ok();
    let whole = || json.read::<f64>().ok().filter(|number| number.fract() == 0.0 && number.abs() < 9e15);
    exact
        .or_else(|| whole().map(|number| number as i64))
        .and_then(|number| T::try_from(number).ok())
        .ok_or_else(|| wrong(path, "a whole number", json))
}

/// A list.
///
/// # Errors
/// `InvalidInput` for another kind of value.
pub fn as_list(json: &FreeJson, path: &str) -> Result<Vec<FreeJson>> {
    json.items().ok_or_else(|| wrong(path, "a list", json))
}

/// Anybody's JSON that Postgres can store.
///
/// # Errors
/// `InvalidInput` for NUL characters anywhere in it.
pub fn storable(json: FreeJson, path: &str) -> Result<FreeJson> {
    if text::has_nul(json.as_str()) { Err(nul(path)) } else { Ok(json) }
}

/// An error about a value: where, what would fit, what was found.
pub fn wrong(path: &str, expected: &str, found: &FreeJson) -> Error {
    Error::invalid(format!("`{path}` must be {expected}; it is {}.", describe(found)))
        .with_field(path)
        .with_hint(format!("Put {expected} there."))
}

fn nul(path: &str) -> Error {
    Error::invalid(format!("`{path}` contains a NUL character (`\\u0000`)."))
        .with_field(path)
        .with_hint("Postgres cannot store it. Remove the character.")
}

fn describe(json: &FreeJson) -> String {
    let text = json.as_str();
    match text.as_bytes().first() {
        Some(b'{') => "an object".to_owned(),
        Some(b'[') => "a list".to_owned(),
        _ => format!("`{}`", shortened(text)),
    }
}

/// A text of any length for a message.
pub fn shortened(text: &str) -> String {
    const MAX: usize = 60;
    match text.char_indices().nth(MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Takes the metadata; `null` is none.
///
/// # Errors
/// `InvalidInput` for NUL characters.
pub fn metadata(object: &mut Object) -> Result<Option<FreeJson>> {
    let path = object.at("metadata");
    object.take("metadata").filter(|json| !json.is_null()).map(|json| storable(json, &path)).transpose()
}

/// Takes our own object; an absent one reads as empty.
///
/// # Errors
/// `InvalidInput` when it is something else.
pub fn own(object: &mut Object) -> Result<Object> {
    let path = object.at(OWN_KEY);
    match object.take(OWN_KEY) {
        Some(json) => Object::of(&json, &path),
        None => Ok(Object { path, rest: Members::new() }),
    }
}

/// An id that can be stored and shown.
///
/// # Errors
/// `InvalidInput` for an empty or endless one.
pub fn checked_id(id: Option<String>, path: &str) -> Result<Option<String>> {
    match id {
        Some(id) if id.trim().is_empty() || id.len() > 200 => {
            Err(Error::invalid(format!("The id in `{path}` is empty or longer than 200 bytes."))
                .with_field(path)
                .with_hint("Remove it: a new one is made."))
        }
        id => Ok(id),
    }
}

/// One of a closed list of names.
///
/// # Errors
/// `InvalidInput` with the place and the list.
pub fn as_named<T: std::str::FromStr<Err = Error>>(json: &FreeJson, path: &str) -> Result<T> {
    let name = as_text(json, path)?;
    name.parse().map_err(|error: Error| Error {
        message: format!("`{path}`: {}", lower_first(&error.message)),
        field: Some(path.to_owned()),
        ..error
    })
}

fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_lowercase().chain(characters).collect()).unwrap_or_default()
}

/// Adds the place in the file to an error of the limits.
///
/// # Errors
/// Those of `checked`.
pub fn at(path: &str, checked: Result<()>) -> Result<()> {
    checked.map_err(|error| Error {
        message: format!("`{path}`: {}", lower_first(&error.message)),
        field: Some(path.to_owned()),
        ..error
    })
}

/// An error about something that occurs twice.
pub fn twice(path: &str, what: &str) -> Error {
    Error::invalid(format!("`{path}` names `{what}`, which occurs before."))
        .with_field(path)
        .with_hint("Remove one of the two, or give it another name.")
}

/// Unknown members, to be kept.
///
/// # Errors
/// `InvalidInput` for NUL characters.
pub fn storable_all(members: Members, path: &str) -> Result<Members> {
    members
        .into_iter()
        .map(|(name, json)| {
            let path = format!("{path}.{name}");
            if name.contains('\0') {
                return Err(nul(&path));
            }
            storable(json, &path).map(|json| (name, json))
        })
        .collect()
}
