// Quizzes and predictions. Without this script a question's answer stands folded below it; with it, "Check"
// says whether the choice was right, and a prediction keeps the guess before it shows the answer.
(() => {
  "use strict";
  const { store, whenContent } = window.labbook;

  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = text;
    return element;
  };
  const plain = (text) => text.trim().toLowerCase().replace(/\s+/g, " ");

  /** What the reader has chosen or written, or null. */
  function given(question) {
    if (question.dataset.kind === "short") {
      return question.querySelector('input[type="text"]').value.trim() || null;
    }
    return question.querySelector("input:checked")?.value ?? null;
  }

  function isRight(question) {
    const wanted = question.dataset.answer;
    return question.dataset.kind === "short" ? plain(given(question)) === plain(wanted) : given(question) === wanted;
  }

  function showChoices(question) {
    for (const choice of question.querySelectorAll(".choice")) {
      const input = choice.querySelector("input");
      choice.classList.toggle("right", input.value === question.dataset.answer);
      choice.classList.toggle("wrong", input.checked && input.value !== question.dataset.answer);
    }
  }

  function judge(question, verdict, words) {
    const right = isRight(question);
    verdict.textContent = right ? words.right : words.wrong;
    verdict.className = `verdict ${right ? "right" : "wrong"}`;
    question.dataset.result = right ? "right" : "wrong";
    showChoices(question);
    question.querySelector(".answer").open = true;
  }

  function showScore(quiz) {
    const questions = [...quiz.querySelectorAll(".question")];
    if (questions.length < 2 || questions.some((question) => !question.dataset.result)) return;
    const right = questions.filter((question) => question.dataset.result === "right").length;
    const score = quiz.querySelector(".score") || make("p", "score", "");
    score.setAttribute("role", "status");
    quiz.append(score);
    score.textContent = `${right} of ${questions.length} right.`;
  }

  function addCheck(quiz, question) {
    const predicts = quiz.classList.contains("prediction");
    const words = predicts
      ? { button: "Keep my guess", right: "You guessed right.", wrong: "You guessed otherwise: read why." }
      : { button: "Check", right: "Right.", wrong: "Not quite." };
    const button = make("button", "check", words.button);
    button.type = "button";
    const verdict = make("p", "verdict", "");
    verdict.setAttribute("role", "status");
    question.querySelector(".answer").before(button, verdict);

    const settle = () => {
      judge(question, verdict, words);
      showScore(quiz);
      // A prediction is made once: what was guessed stays.
      if (predicts) question.querySelectorAll("input, .check").forEach((control) => (control.disabled = true));
    };
    const refresh = () => (button.disabled = given(question) === null);
    question.addEventListener("input", refresh);
    refresh();
    button.addEventListener("click", () => {
      if (predicts) store.write(`guess.${quiz.dataset.quiz}`, given(question));
      settle();
    });
    return settle;
  }

  function restoreGuess(quiz, question, settle) {
    const guess = store.read(`guess.${quiz.dataset.quiz}`);
    if (guess === null) return;
    for (const input of question.querySelectorAll("input")) {
      if (input.type === "radio") input.checked = input.value === guess;
      else input.value = guess;
    }
    if (given(question) !== null) settle();
  }

  function start(quiz) {
    if (quiz.querySelector(".check")) return;
    for (const question of quiz.querySelectorAll(".question")) {
      const settle = addCheck(quiz, question);
      if (quiz.classList.contains("prediction")) restoreGuess(quiz, question, settle);
    }
  }

  whenContent(() => document.querySelectorAll(".quiz").forEach(start));
})();
