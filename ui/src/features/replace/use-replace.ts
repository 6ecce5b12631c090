// What is looked for, what was found, and replacing it.

import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { asWaymarkError, type BulkUndone, commands, type KeptSnippetText, keys, type SkippedIn } from "../../ipc";
import { kept, type Stored, useStored } from "../../lib/stored";
import { tell, tellError } from "../../ui/tell";
import { choicesOf, type LeftOut, nothingLeftOut, snippetChoicesOf } from "./choice";
import { idOfSnippet } from "./found";
import { replaceQueries } from "./queries";
import type { Wish } from "./ReplaceForm";
import { strings } from "./strings";

const nothing: Wish = {
  pattern: { find: "", replace: "", is_regex: false, is_case_sensitive: false, is_whole_word: false },
  parts: [],
  filter: "",
  in_snippets: false,
};

/** As it was left, for whoever comes back. */
const lastWish: Stored<Wish> = kept(nothing);
const pause = 200;

export function useReplace() {
  const client = useQueryClient();
  const [wish, setWish] = useStored(lastWish);
  const settled = usePause(wish);
  const [left, setLeft] = useState<{ of: Wish; leftOut: LeftOut }>({ of: settled, leftOut: nothingLeftOut });
  const [isReplacing, setIsReplacing] = useState(false);
  const [skipped, setSkipped] = useState<SkippedIn[]>([]);
  const isAsked = settled.pattern.find !== "";
  const { data, error, isFetching } = useQuery({
    ...replaceQueries.preview(settled),
    enabled: isAsked,
    placeholderData: keepPreviousData,
  });
  // What was taken out was taken out of what was found for another text.
  const leftOut = left.of === settled ? left.leftOut : nothingLeftOut;
  const refresh = () => {
    void client.invalidateQueries({ queryKey: keys.snippets });
    return client.invalidateQueries({ queryKey: keys.drafts });
  };
  const undo = async (id: string) => {
    try {
      tellUndone(await commands.undoBulk(id));
    } catch (error) {
      tellError(asWaymarkError(error));
    }
    await refresh();
  };
  const replace = async () => {
    if (!data) return;
    setIsReplacing(true);
    try {
      const { pattern, parts } = settled;
      const done = await commands.runReplace({
        pattern,
        parts,
        choices: choicesOf(data, leftOut),
        snippets: snippetChoicesOf(data, leftOut),
      });
      const { change } = done;
      setSkipped([...done.skipped, ...done.skipped_snippets.map(ofSnippet)]);
      setLeft({ of: settled, leftOut: nothingLeftOut });
      if (change === null) tell(strings.nothingDone);
      else {
        const said = strings.done(done.replaced, done.walkthroughs.length, done.snippets.length);
        tell(said, { label: strings.undo, run: () => void undo(change) });
      }
    } catch (error) {
      tellError(asWaymarkError(error));
    }
    await refresh();
    setIsReplacing(false);
  };
  return {
    wish,
    setWish,
    preview: (isAsked && !error && data) || null,
    problem: isAsked && error ? asWaymarkError(error) : null,
    isLooking: wish !== settled || isFetching,
    leftOut,
    setLeftOut: (leftOut: LeftOut) => setLeft({ of: settled, leftOut }),
    isReplacing,
    skipped,
    replace,
    undo,
  };
}

/** A snippet that stays as it is, in the list of places. */
const ofSnippet = ({ name, message }: KeptSnippetText): SkippedIn => ({
  id: idOfSnippet(name),
  title: idOfSnippet(name),
  place: { step: null, part: "content_for_user", slot: null, message },
});

function tellUndone({ undone, merged, kept, snippets, kept_snippets }: BulkUndone): void {
  const said = strings.undone(undone + merged.length, snippets);
  if (kept.length + kept_snippets.length > 0) {
    const hints = kept.map(({ title, messages }) => `“${title}”: ${messages.join(" ")}`);
    const hint = [...hints, ...kept_snippets.map(({ message }) => message)].join(" ");
    tellError({ message: strings.kept(kept.length, kept_snippets.length), hint });
  } else tell(merged.length > 0 ? `${said} ${strings.merged(merged.length)}` : said);
}

/** The value, once it has not changed for a moment. */
function usePause<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pause);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
