import { asWaymarkError } from "../../ipc";
import { tellError } from "../../ui/tell";

/** Does something and shows what went wrong. */
export function attempt(run: () => Promise<unknown>): void {
  run().catch((error: unknown) => tellError(asWaymarkError(error)));
}
