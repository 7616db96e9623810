"""The bill of materials of what bundle.py packs, SPDX 2.3: every library by the Debian package it came from, what is compiled in, data and models."""
import datetime
import hashlib
import os
import subprocess

# What is part of the program without being a file of its own.
COMPILED_IN = [("RapidJSON", "rapidjson-dev", "MIT"), ("CLI11", "libcli11-dev", "BSD-3-Clause"), ("d3-force", None, "ISC")]
DATA = [("GeoNames, larger towns (data/register/places.tsv)", "CC-BY-4.0"), ("all-MiniLM-L6-v2, base of models/chancery.model", "Apache-2.0"),
        ("e5-small-v2, of which layers of models/chancery.model come", "MIT"), ("bge-small-en-v1.5, likewise", "MIT")]


def timestamp(epoch):
    return datetime.datetime.fromtimestamp(epoch, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def owner(library, root=""):
    """Package and version of a file: of this machine's, or of those that were unpacked into a folder (script/arm), listed in its packages.tsv."""
    real = os.path.realpath(root + library)
    paths = {library, real.removeprefix(os.path.realpath(root)) if root else real}
    paths |= {"/usr" + path for path in paths} | {path.removeprefix("/usr") for path in paths}
    if root:
        with open(os.path.join(root, "packages.tsv"), encoding="utf-8") as lines:
            for path, package, version in (line.rstrip("\n").split("\t") for line in lines):
                if path in paths:
                    return package, version
        return os.path.basename(library), "NOASSERTION"
    for path in sorted(paths):
        found = subprocess.run(["dpkg-query", "-S", path], capture_output=True, text=True)
        if found.returncode == 0:
            name = found.stdout.split(": ")[0].split(",")[0]
            version = subprocess.run(["dpkg-query", "-W", "-f=${Version}", name], capture_output=True, text=True, check=True).stdout
            return name.split(":")[0], version
    return os.path.basename(library), "NOASSERTION"


def installed_version(package):
    found = subprocess.run(["dpkg-query", "-W", "-f=${Version}", package], capture_output=True, text=True) if package else None
    return found.stdout if found and found.returncode == 0 and found.stdout else "NOASSERTION"


def document(version, epoch, libraries, source, folder="lib/"):
    """libraries: (path, package, version); folder: where they lie in what is handed out."""
    packages, relations = [], []

    def add(key, name, of_version, licence, file_name=None, purl=None, kind="DYNAMIC_LINK"):
        entry = {"SPDXID": f"SPDXRef-{key}", "name": name, "versionInfo": of_version, "downloadLocation": "NOASSERTION",
                 "filesAnalyzed": False, "licenseConcluded": licence, "licenseDeclared": licence, "copyrightText": "NOASSERTION"}
        if file_name:
            entry["packageFileName"] = file_name
        if purl:
            entry["externalRefs"] = [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": purl}]
        packages.append(entry)
        if key != "chancery":
            relations.append({"spdxElementId": "SPDXRef-chancery", "relationshipType": kind, "relatedSpdxElement": f"SPDXRef-{key}"})

    add("chancery", "chancery", version, "Apache-2.0")
    for library, package, of_version in libraries:
        add("lib-" + os.path.basename(library).replace("+", "x").replace("_", "-"), package, of_version, "NOASSERTION",
            folder + os.path.basename(library), f"pkg:deb/debian/{package}@{of_version}")
    for name, package, licence in COMPILED_IN:
        add("in-" + name, name, installed_version(package), licence, kind="STATIC_LINK")
    for n, (name, licence) in enumerate(DATA):
        add(f"data-{n + 1}", name, "NOASSERTION", licence, kind="CONTAINS")
    for model in sorted((source / "models").glob("*.model")):
        add("model-" + model.stem, f"models/{model.name}", hashlib.sha256(model.read_bytes()).hexdigest()[:16], "Apache-2.0", kind="CONTAINS")
    relations.insert(0, {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": "SPDXRef-chancery"})
    digest = hashlib.sha256(repr(packages).encode()).hexdigest()
    return {"spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": f"chancery-{version}",
            "documentNamespace": f"urn:chancery:sbom:{version}:{digest[:32]}",
            "creationInfo": {"created": timestamp(epoch), "creators": ["Tool: packaging/sbom.py"]},
            "packages": packages, "relationships": relations}
