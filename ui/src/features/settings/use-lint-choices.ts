// Changing what the library has chosen about lint: at once, for everybody who has it open, and with a way back.

import { useQueryClient } from "@tanstack/react-query";
import { asWaymarkError, type ChangeLintSettings, commands, keys } from "../../ipc";
import { tell, tellError } from "../../ui/tell";
import { lintStrings as strings } from "./lint-strings";

export function useLintChoices() {
  const client = useQueryClient();
  const refresh = async () => {
    await client.invalidateQueries({ queryKey: keys.lintChoices });
    void client.invalidateQueries({ queryKey: ["findings"] });
    // Problems are counted with the tokenizer.
    void client.invalidateQueries({ queryKey: keys.drafts });
  };
  /** Does it and shows what came of it; who asked says what went wrong. */
  const attempt = async <T>(run: () => Promise<T>): Promise<T> => {
    const result = await run();
    await refresh();
    return result;
  };
  const undoable = async (run: () => Promise<unknown>, told: string, back: () => Promise<unknown>) => {
    await attempt(run);
    const undo = () => void attempt(back).catch((error: unknown) => tellError(asWaymarkError(error)));
    tell(told, { label: strings.undo, run: undo });
  };
  const change = async (wanted: ChangeLintSettings, back: ChangeLintSettings) => {
    try {
      await undoable(
        () => commands.changeLintSettings(wanted),
        strings.changed,
        () => commands.changeLintSettings(back),
      );
    } catch (error) {
      tellError(asWaymarkError(error));
    }
  };
  return { attempt, undoable, change };
}
