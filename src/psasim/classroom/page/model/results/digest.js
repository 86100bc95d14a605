// One number that tells whether two sets of runs have the same bits, as psasim/results/digest.py.

import { addWord, mixWord, stepWord, takeSteps, takeWord, wordInHand } from "../month/draws.js";

const digestNumber = new Float64Array(1);
const digestWords = new Uint32Array(digestNumber.buffer);

// A digest that runs are added to; `toString` gives its 16 hexadecimal digits.
export class Digest {
  constructor() {
    this.high = 0;
    this.low = 0;
  }

  // Adds runs of a point: the number of the first world, and each measure, an array over worlds.
  add(point, first, measures) {
    for (let w = 0; w < measures[0].length; w++) {
      takeSteps(point);
      addWord(Math.floor((first + w) / 4294967296), (first + w) % 4294967296);
      stepWord();
      mixWord();
      for (const values of measures) {
        digestNumber[0] = values[w];
        if (values[w] !== values[w]) setNotANumber();
        takeWord(wordInHand.high ^ digestWords[1], wordInHand.low ^ digestWords[0]);
        stepWord();
        mixWord();
      }
      const high = wordInHand.high, low = wordInHand.low;
      takeWord(this.high, this.low);
      addWord(high, low);
      this.high = wordInHand.high;
      this.low = wordInHand.low;
    }
  }

  toString() {
    return hex(this.high) + hex(this.low);
  }
}

// What is not a number counts as one and the same, whatever its bits.
function setNotANumber() {
  digestWords[1] = 0x7ff80000;
  digestWords[0] = 0;
}

function hex(word) {
  return (word >>> 0).toString(16).padStart(8, "0");
}
