import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { type WordingLook, wordingQueries } from "../../ipc";
import type { Trial } from "./Output";

/** Milliseconds that the keys have to rest before the host is asked. */
const rest = 150;

/** What a template makes of a step, a moment after it was typed; until then what it was. */
export function useLook(text: string, trial: Trial): { look: WordingLook | undefined; error: unknown } {
  const [asked, setAsked] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), rest);
    return () => clearTimeout(timer);
  }, [text]);
  const { data, error } = useQuery(wordingQueries.look({ text: asked, ...trial }));
  return { look: data, error };
}
