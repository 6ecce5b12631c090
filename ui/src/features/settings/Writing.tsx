// The language of the library, its dictionaries, and the words that are right in it.

import { useQuery } from "@tanstack/react-query";
import { asWaymarkError, commands, queries } from "../../ipc";
import { languageName } from "../../lib/languages";
import { hrefTo } from "../../lib/route";
import { Failure } from "../../ui/Notice";
import { SelectField } from "../../ui/SelectField";
import { Adding } from "./Adding";
import { Entries } from "./Entries";
import { lintStrings as strings } from "./lint-strings";
import { Section } from "./Section";
import styles from "./settings.module.css";
import { useLintChoices } from "./use-lint-choices";

export function Writing() {
  const settings = useQuery(queries.lintSettings());
  const languages = useQuery(queries.languages());
  const words = useQuery(queries.words());
  const { attempt, change, undoable } = useLintChoices();
  const failed = [settings, languages, words].find(({ isError }) => isError);
  if (failed) return <Failure error={asWaymarkError(failed.error)} onRetry={() => void failed.refetch()} />;
  if (!settings.data || !languages.data || !words.data) return null;
  const { language = "en" } = settings.data;
  const codes = languages.data.map(({ code }) => code);
  const known = codes.includes(language) ? codes : [...codes, language];
  const imported = languages.data.filter(({ is_imported }) => is_imported).map(({ code }) => code);
  return (
    <>
      <Section title={strings.language} about={strings.languageAbout}>
        <div className={styles.field}>
          <SelectField
            label={strings.libraryLanguage}
            value={language}
            choices={known.map((code) => ({ value: code, label: languageName(code) }))}
            onChoose={(chosen) => void change({ language: chosen }, { language })}
          />
        </div>
      </Section>
      <Section title={strings.dictionaries} about={strings.dictionariesAbout}>
        <Adding
          label={strings.newLanguage}
          placeholder={strings.newLanguagePlaceholder}
          action={strings.importDictionary}
          onAdd={async (code) => {
            const isChosen = await attempt(() => commands.importDictionary(code));
            return isChosen ? strings.imported(languageName(code)) : null;
          }}
        />
        <Entries
          label={strings.dictionaries}
          nothing={strings.noDictionaries}
          entries={imported}
          name={languageName}
          remove={strings.removeDictionary}
          onRemove={(code) => attempt(() => commands.removeDictionary(code))}
        />
      </Section>
      <Section title={strings.words} about={strings.wordsAbout}>
        <Adding
          label={strings.newWord}
          placeholder={strings.newWordPlaceholder}
          action={strings.add}
          onAdd={async (word) => {
            await attempt(() => commands.addWord({ word, walkthrough: null }));
            return null;
          }}
        />
        <Entries
          label={strings.words}
          nothing={strings.noWords}
          entries={words.data}
          remove={strings.removeWord}
          onRemove={(word) =>
            undoable(
              () => commands.removeWord(word),
              strings.wordRemoved(word),
              () => commands.addWord({ word, walkthrough: null }),
            )
          }
        />
      </Section>
      <Section title={strings.wordings} about={strings.wordingsAbout}>
        <a href={hrefTo({ screen: "wordings" })}>{strings.openWordings}</a>
      </Section>
    </>
  );
}
