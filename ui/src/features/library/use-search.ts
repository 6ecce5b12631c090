// What is typed into a search box, asked of the library once per frame; the last answer stays until the next one comes.

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { asWaymarkError, type LibraryFound, queries, type WaymarkError } from "../../ipc";

type Search = { found: LibraryFound | null; error: WaymarkError | null; retry: () => void };

export function useSearch(typed: string, matches: number): Search {
  const text = useFrame(typed.trim());
  const { data, error, refetch } = useQuery({
    ...queries.search(text, matches),
    enabled: text !== "",
    placeholderData: keepPreviousData,
  });
  const isAsked = typed.trim() !== "";
  return {
    found: (isAsked && data) || null,
    error: isAsked && error ? asWaymarkError(error) : null,
    retry: () => void refetch(),
  };
}

/** The value of the last frame: however fast somebody types, there is one of it. */
function useFrame<T>(value: T): T {
  const [shown, setShown] = useState(value);
  useEffect(() => {
    const frame = requestAnimationFrame(() => setShown(value));
    return () => cancelAnimationFrame(frame);
  }, [value]);
  return shown;
}
