// What is looked for, what was found, and replacing it.

import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { asWaymarkError, type BulkUndone, commands, keys, type SkippedIn } from "../../ipc";
import { kept, type Stored, useStored } from "../../lib/stored";
import { tell, tellError } from "../../ui/tell";
import { choicesOf, type LeftOut, nothingLeftOut } from "./choice";
import { replaceQueries } from "./queries";
import type { Wish } from "./ReplaceForm";
import { strings } from "./strings";

const nothing: Wish = {
  pattern: { find: "", replace: "", is_regex: false, is_case_sensitive: false, is_whole_word: false },
  parts: [],
  filter: "",
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
  const refresh = () => client.invalidateQueries({ queryKey: keys.drafts });
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
      const done = await commands.runReplace({ pattern, parts, choices: choicesOf(data, leftOut) });
      const { change } = done;
      setSkipped(done.skipped);
      setLeft({ of: settled, leftOut: nothingLeftOut });
      if (change === null) tell(strings.nothingDone);
      else {
        const said = strings.done(done.replaced, done.walkthroughs.length);
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

function tellUndone({ undone, merged, kept }: BulkUndone): void {
  const said = strings.undone(undone + merged.length);
  if (kept.length > 0) {
    const hint = kept.map(({ title, messages }) => `“${title}”: ${messages.join(" ")}`).join(" ");
    tellError({ message: strings.kept(kept.length), hint });
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
