// What a walkthrough says itself about how it is judged: its language, its own words, how long a step may be.

import { IconX } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useId, useState } from "react";
import { asWaymarkError, commands, type OwnChoice, queries, WaymarkError } from "../../ipc";
import { languageName, usualLanguages } from "../../lib/languages";
import { IconButton } from "../../ui/Button";
import { SelectField } from "../../ui/SelectField";
import { TextField } from "../../ui/TextField";
import { Words } from "../../ui/Words";
import { attempt } from "./attempt";
import styles from "./details.module.css";
import { useEditor } from "./editor";
import { lintStrings as strings } from "./lint-strings";
import { useSavedText } from "./use-saved-text";

/** Tokens of a step where the walkthrough says nothing. */
const budgetOfAll = 2_000;

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
        <Budget said={own.token_budget} onSave={(token_budget) => make({ token_budget })} />
      </div>
      <OwnWords words={own.words} onChoice={make} onRefused={() => session.giveUp()} />
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

type BudgetProps = { said: number | null; onSave: (budget: number | null) => Promise<void> };

function Budget({ said, onSave }: BudgetProps) {
  const budget = useSavedText(said === null ? "" : String(said), async (value) => {
    const wanted = value.trim();
    if (!/^([1-9]\d{0,8})?$/.test(wanted)) throw new WaymarkError("invalid_input", strings.budgetProblem);
    await onSave(wanted === "" ? null : Number(wanted));
  });
  return (
    <TextField
      label={strings.budget}
      inputMode="numeric"
      placeholder={String(budgetOfAll)}
      hint={strings.budgetAbout(budgetOfAll)}
      value={budget.value}
      problem={budget.error?.message ?? null}
      onChange={(event) => budget.onChange(event.target.value)}
      onBlur={budget.onBlur}
    />
  );
}

type OwnWordsProps = {
  words: readonly string[];
  onChoice: (choice: OwnChoice) => Promise<void>;
  /** What was refused stands beside the input, and nothing waits to be saved for it. */
  onRefused: () => void;
};

function OwnWords({ words, onChoice, onRefused }: OwnWordsProps) {
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
      const { message, hint } = asWaymarkError(thrown);
      setProblem([message, hint].filter(Boolean).join(" "));
      onRefused();
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
