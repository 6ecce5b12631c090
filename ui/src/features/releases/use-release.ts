// Running a release: under a number, so that it can be stopped, and going on if the screen is left.

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asWaymarkError, commands, keys, type Release, useTask, type WaymarkError } from "../../ipc";
import { navigate } from "../../lib/route";
import { tell, tellError } from "../../ui/tell";
import { strings } from "./strings";
import { doneOf } from "./words";

export function useRelease(release: Release | undefined) {
  const client = useQueryClient();
  const task = useTask();
  const [failure, setFailure] = useState<WaymarkError | null>(null);
  const refresh = () =>
    Promise.all([keys.releases, keys.drafts, keys.plans].map((queryKey) => client.invalidateQueries({ queryKey })));
  const run = async (digest: string | null, is_confirmed: boolean, take_current: boolean) => {
    if (!release) return;
    setFailure(null);
    try {
      const input = { release: release.id, digest, is_confirmed, take_current };
      const left = release.items.length - doneOf(release);
      const ran = await task.run(left, (task) => commands.runRelease({ task, run: input }));
      const rest = ran.items.length - doneOf(ran);
      if (rest === 0) tell(strings.done(ran.name, ran.items.length));
      else tellError({ message: strings.someLeft(rest) });
    } catch (error) {
      setFailure(asWaymarkError(error));
    }
    await refresh();
  };
  const remove = async () => {
    if (!release) return;
    try {
      await commands.removeRelease(release.id);
      tell(strings.removed(release.name));
      navigate({ screen: "releases" }, "replace");
    } catch (error) {
      tellError(asWaymarkError(error));
    }
    await client.invalidateQueries({ queryKey: keys.releases });
  };
  return { progress: task.progress, stop: task.stop, run, remove, failure };
}
