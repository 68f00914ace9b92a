/** Measures working time: a pause longer than a minute is not work. */
const PAUSE_MS = 60_000;

export class WorkingClock {
  private workedMs = 0;
  private lastSign: number;

  constructor(private readonly now: () => number = () => performance.now()) {
    this.lastSign = now();
  }

  /** The person did something. */
  sign(): void {
    const at = this.now();
    this.workedMs += Math.min(at - this.lastSign, PAUSE_MS);
    this.lastSign = at;
  }

  /** Milliseconds worked since the last reset; starts the next count. */
  reset(): number {
    this.sign();
    const worked = Math.round(this.workedMs);
    this.workedMs = 0;
    return worked;
  }
}
