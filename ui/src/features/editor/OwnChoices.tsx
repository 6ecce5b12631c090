// What a walkthrough says itself about how it is judged: its language, its own words, how long a step may be.

import { IconX } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useId, useState } from "react";
import { asWaymarkError, commands, type OwnChoice, problemOf, queries, useTyped } from "../../ipc";
import { languageName, usualLanguages } from "../../lib/languages";
import { IconButton } from "../../ui/Button";
import { SelectField } from "../../ui/SelectField";
import { TextField } from "../../ui/TextField";
import { Words } from "../../ui/Words";
import { attempt } from "./attempt";
import styles from "./details.module.css";
import { useEditor } from "./editor";
import { lintStrings as strings } from "./lint-strings";
import { type Budget, tokenBudget } from "./ways";

export function OwnChoices() {
  const { session, walkthrough } = useEditor();
  const { id, metadata } = walkthrough;
  // As of the metadata that it is read from: an undo reads anew.
  const own = useQuery({
    queryKey: ["own-choices", id, metadata],
    queryFn: () => commands.ownChoices(id),
    placeholderData: keepPreviousData,
  }).data;
  if (!own) return null;
  const make = (choice: OwnChoice) => session.write((walkthrough) => commands.makeOwnChoice({ walkthrough, choice }));
  return (
    <section className={styles.choices}>
      <div>
        <h2 className={styles.section}>{strings.heading}</h2>
        <p className={styles.about}>{strings.about}</p>
      </div>
      <div className={styles.pair}>
        <Language said={own.language} onChoose={(language) => attempt(() => make({ language }))} />
        <BudgetField budget="token_budget" said={own.token_budget} />
        <BudgetField budget="walkthrough_token_budget" said={own.walkthrough_token_budget} />
        <BudgetField budget="field_token_budget" said={own.field_token_budget} />
      </div>
      <OwnWords words={own.words} onChoice={make} />
    </section>
  );
}

function Language({ said, onChoose }: { said: string | null; onChoose: (language: string | null) => void }) {
  const settings = useQuery(queries.lintSettings()).data;
  const checked = useQuery(queries.languages()).data?.map(({ code }) => code) ?? [];
  const codes = [...new Set([...checked, ...usualLanguages, ...(said === null ? [] : [said])])];
  const about = (code: string) => (checked.includes(code) ? {} : { about: strings.noDictionary });
  return (
    <SelectField
      label={strings.language}
      value={said ?? ""}
      choices={[
        { value: "", label: strings.libraryLanguage(languageName(settings?.language ?? "en")) },
        ...codes
          .map((code) => ({ value: code, label: languageName(code), ...about(code) }))
          .sort((a, b) => a.label.localeCompare(b.label)),
      ]}
      onChoose={(code) => onChoose(code === "" ? null : code)}
    />
  );
}

function BudgetField({ budget, said }: { budget: Budget; said: number | null }) {
  const { session } = useEditor();
  const typed = useTyped(session.typed, tokenBudget[budget], said === null ? "" : String(said));
  const { label, usual, about } = strings.budgets[budget];
  return (
    <TextField
      label={label}
      inputMode="numeric"
      placeholder={usual}
      hint={about}
      value={typed.value}
      problem={problemOf(typed.error)}
      onChange={(event) => typed.change(event.target.value)}
      onBlur={typed.flush}
    />
  );
}

type OwnWordsProps = {
  words: readonly string[];
  onChoice: (choice: OwnChoice) => Promise<void>;
};

function OwnWords({ words, onChoice }: OwnWordsProps) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const add = async () => {
    if (typed.trim() === "") return;
    try {
      await onChoice({ add_word: typed.trim() });
      setTyped("");
      setProblem(null);
    } catch (thrown) {
      setProblem(problemOf(asWaymarkError(thrown)));
    }
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    void add();
  };
  return (
    <div>
      <label className={styles.label} htmlFor={id}>
        {strings.words}
      </label>
      <p className={styles.about} id={`${id}-about`}>
        {strings.wordsAbout}
      </p>
      <div className={styles.tags}>
        {words.map((word) => (
          <span key={word} className={styles.tag}>
            {word}
            <IconButton
              label={strings.removeWord(word)}
              icon={IconX}
              onClick={() => {
                document.getElementById(id)?.focus();
                attempt(() => onChoice({ remove_word: word }));
              }}
            />
          </span>
        ))}
        <input
          id={id}
          value={typed}
          placeholder={strings.wordsPlaceholder}
          autoComplete="off"
          spellCheck={false}
          aria-describedby={`${id}-about`}
          aria-invalid={problem !== null}
          onChange={(event) => {
            setTyped(event.target.value);
            setProblem(null);
          }}
          onKeyDown={press}
          onBlur={() => void add()}
        />
      </div>
      {problem && (
        <p className={styles.wordProblem} role="alert">
          <Words>{problem}</Words>
        </p>
      )}
    </div>
  );
}
