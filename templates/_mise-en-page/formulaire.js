(() => {
  "use strict";
  const doc = document, lire = (id) => JSON.parse(doc.getElementById(id).textContent);
  const { tables, taxes } = lire("dla-plan");
  const champ = (nom) => doc.getElementsByName(nom)[0];
  const champs = () => [...doc.querySelectorAll("main :is(input, textarea, select)")];
  const etat = doc.getElementById("dla-etat"), outils = doc.getElementById("dla-outils");
  let change = false;

  const nombre = (nom) => {
    const ecrit = (champ(nom)?.value ?? "").replace(/[\s€%]/g, "").replace(",", ".");
    return ecrit === "" ? NaN : Number(ecrit);
  };
  const poser = (nom, valeur) => {
    if (champ(nom)) champ(nom).value = valeur.toLocaleString("fr-FR", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  };
  const rangees = (table) => {
    const lignes = new Map();
    for (const [nom, ligne] of Object.entries(table.champs)) {
      const place = champ(nom)?.closest("td")?.cellIndex + 1;
      if (place) lignes.set(ligne, { ...lignes.get(ligne), [place]: nom });
    }
    return lignes;
  };

  const calculer = () => {
    for (const table of Object.values(tables)) {
      if (!table.produit.length) continue;
      const [vers, un, autre] = table.produit;
      let somme = 0, dit = false;
      for (const [ligne, noms] of rangees(table)) {
        if (!ligne) continue;
        const produit = un ? nombre(noms[un]) * nombre(noms[autre]) : NaN;
        if (!isNaN(produit)) poser(noms[vers], produit);
        const montant = nombre(noms[vers]);
        if (!isNaN(montant)) { somme += montant; dit = true; }
      }
      if (table.total && dit) poser(table.total, somme);
    }
    for (const [nom, [hors, taux]] of Object.entries(taxes)) {
      const ttc = nombre(hors) * (1 + nombre(taux) / 100);
      if (!isNaN(ttc)) poser(nom, ttc);
    }
  };

  const ajouter = (cle, table) => {
    const dernier = Math.max(...table.lignes), neuf = dernier + 1;
    const modele = Object.keys(table.champs).find((nom) => table.champs[nom] === dernier);
    const rangee = champ(modele).closest("tr"), copie = rangee.cloneNode(true);
    for (const place of copie.querySelectorAll("input, textarea, select")) {
      const nom = place.name.replace(`${cle}_${dernier}_`, `${cle}_${neuf}_`);
      const dit = place.getAttribute("aria-label").replace(`ligne ${dernier}`, `ligne ${neuf}`);
      place.name = nom;
      place.id = `c_${nom}`;
      place.setAttribute("aria-label", dit);
      place.checked = false;
      if (place.tagName === "SELECT") place.selectedIndex = 0; else { place.value = ""; place.removeAttribute("value"); if (place.tagName === "TEXTAREA") place.textContent = ""; }
      table.champs[nom] = neuf;
    }
    const rang = copie.cells[0];
    if (/^\d+$/.test(rang.textContent.trim())) rang.textContent = Number(rang.textContent) + 1;
    table.lignes.push(neuf);
    rangee.after(copie);
    copie.querySelector("input, textarea, select").focus();
  };

  const valeurs = () => Object.fromEntries(
    champs().map((place) => place.type === "radio" ? [place.value, place.checked] : [place.name, place.type === "checkbox" ? place.checked : place.value]));
  const fixer = () => {
    for (const place of champs()) {
      if (place.type === "checkbox" || place.type === "radio") place.toggleAttribute("checked", place.checked);
      else if (place.tagName === "TEXTAREA") place.textContent = (place.value.startsWith("\n") ? "\n" : "") + place.value;
      else if (place.tagName === "SELECT") for (const choix of place.options) choix.toggleAttribute("selected", choix.selected);
      else place.setAttribute("value", place.value);
    }
  };
  const ecrire = (id, contenu) => {
    doc.getElementById(id).textContent = JSON.stringify(contenu).replace(/</g, "\\u003c");
  };
  // À qui renvoyer la copie : les premières adresses de la page sont celles de qui l’envoie.
  const envoi = () => {
    const adresse = 'a[href^="mailto:"]', premier = doc.querySelector(`main ${adresse}`);
    if (!premier) return ["à qui vous a envoyé ce formulaire."];
    const liens = [...premier.closest("p, li, dd, td, div").querySelectorAll(adresse)];
    return liens.flatMap((lien, rang) => [rang ? " et à " : "à ", lien.cloneNode(true)]).concat(".");
  };
  const enregistrer = () => {
    fixer();
    const nom = doc.querySelector('meta[name="empreinte"]')?.content ?? "";
    ecrire("dla-donnees", { empreinte: nom, valeurs: valeurs() });
    ecrire("dla-plan", { tables, taxes });
    outils.hidden = true;
    etat.textContent = "";
    const boutons = [...doc.querySelectorAll("button.ajouter")];
    const places = boutons.map((bouton) => bouton.previousSibling);
    boutons.forEach((bouton) => bouton.remove());
    const page = "<!DOCTYPE html>\n" + doc.documentElement.outerHTML;
    boutons.forEach((bouton, rang) => places[rang].after(bouton));
    outils.hidden = false;
    const lien = doc.createElement("a");
    const fichier = decodeURIComponent(location.pathname.split("/").pop() || "formulaire.html");
    lien.href = URL.createObjectURL(new Blob([page], { type: "text/html" }));
    lien.download = fichier.replace(/(-rempli)?( \(\d+\))?(\.html?)?$/, "-rempli.html");
    lien.click();
    URL.revokeObjectURL(lien.href);
    change = false;
    etat.replaceChildren(`Copie enregistrée\u00a0: ${lien.download}. Renvoyez-la par courriel `, ...envoi());
  };

  for (const [cle, table] of Object.entries(tables)) {
    const bouton = Object.assign(doc.createElement("button"), { type: "button", className: "ajouter", textContent: "Ajouter une ligne" });
    const nom = Object.keys(table.champs).find((n) => table.champs[n] === table.lignes[0]);
    const cadre = champ(nom).closest("table").parentElement;
    cadre.after(bouton);
    bouton.addEventListener("click", () => ajouter(cle, table));
  }
  // Un choix repris s’efface, ce que ne permet pas seul un bouton radio : au doigt, ou par la barre d’espace.
  const choisis = new Map(champs().filter((place) => place.checked).map((place) => [place.name, place]));
  const principal = doc.querySelector("main");
  const repris = (place) => place.type === "radio" && choisis.get(place.name) === place;
  const effacer = (place) => {
    choisis.delete(place.name);
    place.checked = false;
    place.dispatchEvent(new Event("input", { bubbles: true }));
  };
  let efface = null;
  principal.addEventListener("click", ({ target: place }) => {
    if (repris(place)) effacer(place); else if (place.type === "radio") choisis.set(place.name, place);
  });
  principal.addEventListener("keydown", (touche) => {
    efface = touche.key === " " && repris(touche.target) ? touche.target : null;
    if (efface) { touche.preventDefault(); effacer(efface); }
  });
  principal.addEventListener("keyup", (touche) => { if (touche.key === " " && touche.target === efface) touche.preventDefault(); });
  principal.addEventListener("input", ({ target: place }) => {
    change = true;
    etat.textContent = place.type === "radio" && place.checked ? "Choisir encore la même réponse l’efface." : "";
    calculer();
  });
  doc.getElementById("dla-enregistrer").addEventListener("click", enregistrer);
  doc.getElementById("dla-imprimer").addEventListener("click", () => print());
  // Un navigateur qui n’agrandit pas lui-même une réponse la couperait à l’impression.
  if (!CSS.supports("field-sizing", "content")) addEventListener("beforeprint", () => {
    for (const place of doc.querySelectorAll("main textarea")) place.style.height = `${place.scrollHeight}px`;
  });
  addEventListener("beforeunload", (depart) => { if (change) depart.preventDefault(); });
  outils.hidden = false;
})();
