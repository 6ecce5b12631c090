import type { Part, ReplacePattern } from "../../ipc";
import { Checkbox } from "../../ui/Checkbox";
import { TextField } from "../../ui/TextField";
import styles from "./replace.module.css";
import { strings } from "./strings";

export type Wish = { pattern: Required<ReplacePattern>; parts: Part[]; filter: string; in_snippets: boolean };

type PartName = keyof typeof strings.parts;
const parts: readonly PartName[] = [
  "title",
  "description",
  "introduction_for_agent",
  "context_for_agent",
  "content_for_user",
  "operations_for_agent",
  "section",
  "quiz",
  "certificate",
];

type ReplaceFormProps = {
  wish: Wish;
  problem: { field?: string | null; message: string } | null;
  onWish: (wish: Wish) => void;
};

export function ReplaceForm({ wish, problem, onWish }: ReplaceFormProps) {
  const { pattern } = wish;
  const set = (some: Partial<ReplacePattern>) => onWish({ ...wish, pattern: { ...pattern, ...some } });
  const switchPart = (part: Part) => {
    const chosen = wish.parts.includes(part) ? wish.parts.filter((one) => one !== part) : [...wish.parts, part];
    const isAll = chosen.length === parts.length && wish.in_snippets;
    onWish({ ...wish, parts: isAll ? [] : chosen, in_snippets: wish.in_snippets && !isAll });
  };
  const problemOf = (field: string) => (problem?.field === field ? problem.message : null);
  return (
    <div className={styles.form}>
      <div className={styles.texts}>
        <TextField
          label={strings.find}
          value={pattern.find}
          problem={problemOf("find")}
          autoFocus
          spellCheck={false}
          onChange={(event) => set({ find: event.target.value })}
        />
        <TextField
          label={strings.replaceWith}
          value={pattern.replace}
          problem={problemOf("replace")}
          spellCheck={false}
          onChange={(event) => set({ replace: event.target.value })}
        />
        <TextField
          label={strings.filter}
          value={wish.filter}
          placeholder={strings.filterHint}
          spellCheck={false}
          onChange={(event) => onWish({ ...wish, filter: event.target.value })}
        />
      </div>
      <div className={styles.options}>
        <Checkbox
          label={strings.isCaseSensitive}
          isOn={pattern.is_case_sensitive}
          onSwitch={(is_case_sensitive) => set({ is_case_sensitive })}
        />
        <Checkbox
          label={strings.isWholeWord}
          isOn={pattern.is_whole_word}
          onSwitch={(is_whole_word) => set({ is_whole_word })}
        />
        <Checkbox label={strings.isRegex} isOn={pattern.is_regex} onSwitch={(is_regex) => set({ is_regex })} />
      </div>
      <fieldset className={styles.parts}>
        <legend className="visually-hidden">{strings.where}</legend>
        <button
          type="button"
          className={styles.part}
          aria-pressed={wish.parts.length === 0 && !wish.in_snippets}
          onClick={() => onWish({ ...wish, parts: [], in_snippets: false })}
        >
          {strings.everywhere}
        </button>
        {parts.map((part) => (
          <button
            key={part}
            type="button"
            className={styles.part}
            aria-pressed={wish.parts.includes(part)}
            onClick={() => switchPart(part)}
          >
            {strings.parts[part]}
          </button>
        ))}
        <button
          type="button"
          className={styles.part}
          aria-pressed={wish.in_snippets}
          onClick={() => onWish({ ...wish, in_snippets: !wish.in_snippets })}
        >
          {strings.snippets}
        </button>
      </fieldset>
    </div>
  );
}
