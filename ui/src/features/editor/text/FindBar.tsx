// Find and replace in the four texts of the step: a bar above them, and the matches marked in the texts.

import { IconAbc, IconArrowDown, IconArrowUp, IconLetterCase, IconRegex, IconX } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { type Stored, stored, useStored } from "../../../lib/stored";
import { Button, IconButton } from "../../../ui/Button";
import { tell } from "../../../ui/tell";
import { attempt } from "../actions";
import { useEditor } from "../editor";
import { takeBack } from "../take-back";
import {
  type Find,
  finding,
  focusMatch,
  go,
  mark,
  matchesMax,
  matchesOf,
  placeOf,
  queryOf,
  replaceEvery,
  replaceSelected,
} from "./find";
import styles from "./find-bar.module.css";
import { activeText, subscribeViews } from "./open-views";
import { textStrings as strings } from "./strings";

const initial: Find = { search: "", replace: "", matchCase: false, wholeWord: false, regexp: false };
const isFind = (value: unknown): value is Find => typeof value === "object" && value !== null && "search" in value;
const remembered: Stored<Find> = stored<Find>("find", initial, isFind);

export function FindBar() {
  const { session, step } = useEditor();
  const [open] = useStored(finding);
  const [find, setFind] = useState<Find>(() => ({ ...initial, ...remembered.read(), ...selected() }));
  const [isBehind, setBehind] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const query = useMemo(() => queryOf(find), [find]);
  // Texts that are typed into or opened are searched anew.
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const again = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setBehind((value) => value + 1), 120);
    };
    const stops = [session.onTyped(again), subscribeViews(again)];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [session]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another step or another text has other matches.
  const matches = useMemo(() => matchesOf(query), [query, isBehind, step?.id]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: texts that opened since have no marks yet.
  useEffect(() => mark(query), [query, isBehind, step?.id]);
  useEffect(() => {
    remembered.write(find);
  }, [find]);
  useEffect(() => () => mark(null), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same keys again select what is looked for.
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, [open]);
  const isBad = find.search !== "" && !query.valid;
  const move = (by: 1 | -1) => {
    go(matches, by);
    setBehind((value) => value + 1);
  };
  const replaceOne = () => {
    replaceSelected(query);
    go(matchesOf(query), 1);
    setBehind((value) => value + 1);
  };
  const replaceAll = () =>
    attempt(async () => {
      // What was typed before is an edit of its own, and all replacements together are one.
      await session.flush();
      const count = replaceEvery(query);
      await session.flush();
      setBehind((value) => value + 1);
      if (count > 0) tell(strings.replaced(count), takeBack(session));
    });
  const close = () => {
    finding.write(null);
    focusMatch();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && event.target === input.current) move(event.shiftKey ? -1 : 1);
    else if (event.key === "Enter" && event.target instanceof HTMLInputElement) {
      if (event.ctrlKey || event.metaKey) replaceAll();
      else replaceOne();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const toggles = [
    { key: "matchCase", label: strings.matchCase, icon: IconLetterCase },
    { key: "wholeWord", label: strings.wholeWord, icon: IconAbc },
    { key: "regexp", label: strings.regexp, icon: IconRegex },
  ] as const;
  const status = isBad
    ? strings.badPattern
    : find.search === ""
      ? ""
      : matches.length === 0
        ? strings.noMatches
        : strings.ofMatches(placeOf(matches), matches.length, matches.length === matchesMax);
  return (
    <search className={styles.bar} aria-label={strings.find} onKeyDown={keys}>
      <div className={styles.row}>
        <input
          ref={input}
          className={styles.input}
          aria-label={strings.findLabel}
          aria-invalid={isBad}
          placeholder={strings.findPlaceholder}
          value={find.search}
          onChange={(event) => setFind({ ...find, search: event.target.value })}
        />
        {toggles.map(({ key, label, icon }) => (
          <IconButton
            key={key}
            label={label}
            icon={icon}
            aria-pressed={find[key]}
            onClick={() => setFind({ ...find, [key]: !find[key] })}
          />
        ))}
        <span className={styles.status} role="status">
          {status}
        </span>
        <IconButton
          label={strings.previousMatch}
          icon={IconArrowUp}
          disabled={matches.length === 0}
          onClick={() => move(-1)}
        />
        <IconButton
          label={strings.nextMatch}
          icon={IconArrowDown}
          disabled={matches.length === 0}
          onClick={() => move(1)}
        />
        <IconButton label={strings.closeFind} icon={IconX} onClick={close} />
      </div>
      {open?.withReplace && (
        <div className={styles.row}>
          <input
            className={styles.input}
            aria-label={strings.replaceLabel}
            placeholder={strings.replaceLabel}
            value={find.replace}
            onChange={(event) => setFind({ ...find, replace: event.target.value })}
          />
          <Button disabled={matches.length === 0} onClick={replaceOne}>
            {strings.replaceOne}
          </Button>
          <Button disabled={matches.length === 0} onClick={replaceAll}>
            {strings.replaceAll}
          </Button>
        </div>
      )}
    </search>
  );
}

/** What is selected in a text is most likely what is looked for. */
function selected(): Partial<Find> {
  const state = activeText()?.view.state;
  const text = state?.sliceDoc(state.selection.main.from, state.selection.main.to) ?? "";
  return text !== "" && !text.includes("\n") && text.length <= 200 ? { search: text, regexp: false } : {};
}
