// @ts-check
/** What keys ask for, done one after the other in the order of the keys. Nothing is dropped: what fails stays first. */

/** @typedef {() => boolean | Promise<boolean>} Task false: it could not be done and is to be tried again */

export class Queue {
  /** @param {(state: {waiting: number, stopped: boolean}) => void} changed */
  constructor(changed) {
    this.changed = changed;
    /** @type {Task[]} */
    this.tasks = [];
    this.running = false;
    this.stopped = false;
  }

  get waiting() {
    return this.tasks.length;
  }

  /**
   * Do it now if nothing waits; else after all that waits.
   * @param {Task} task
   */
  add(task) {
    this.tasks.push(task);
    if (!this.running && !this.stopped) this.run();
    else this.tell();
  }

  /** Try again what failed, and go on. */
  retry() {
    this.stopped = false;
    if (!this.running) this.run();
  }

  /** Let go of what waits; gives how many there were. */
  drop() {
    const count = this.tasks.length;
    this.tasks = [];
    this.stopped = false;
    this.tell();
    return count;
  }

  /** Runs in the event of the key itself as far as nothing has to be waited for, so that a move costs no turn. */
  run() {
    this.running = true;
    while (this.tasks.length && !this.stopped) {
      const done = this.tasks[0]();
      if (done instanceof Promise) {
        done.then(
          (well) => this.after(well),
          (error) => {
            this.after(false);
            throw error;
          },
        );
        return this.tell();
      }
      this.finish(done);
    }
    this.running = false;
    this.tell();
  }

  /** @param {boolean} well */
  after(well) {
    this.finish(well);
    this.run();
  }

  /** @param {boolean} well */
  finish(well) {
    if (well) this.tasks.shift();
    else this.stopped = true;
  }

  tell() {
    this.changed({ waiting: this.tasks.length, stopped: this.stopped });
  }
}
