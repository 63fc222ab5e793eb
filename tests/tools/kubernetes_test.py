#!/usr/bin/env python3
"""Whether docs/kubernetes.yaml is such a manifest as the published API takes.

tests/tools/kubernetes_test.py VANBAN ROOT

Fields and types by kubernetes_job.schema.json, our own extract of the API; what the API's documentation
says of fields together, by the rules below; and that VANBAN takes the container's arguments. No cluster has
seen it. Manifests that were spoiled must be refused.
"""

import copy
import json
import os
import subprocess
import sys
from pathlib import Path

try:
    import jsonschema
    import yaml
except ImportError as error:
    print(f"skipped: {error}: apt-get install python3-jsonschema python3-yaml")
    sys.exit(77)

FILE_ACCESS = 5  # as the exit code says it


def faults_of(manifest, schema):
    """What is wrong with it, in words; empty where nothing is."""
    faults = [
        f"{'/'.join(map(str, error.path))}: {error.message}"
        for error in jsonschema.Draft7Validator(schema).iter_errors(manifest)
    ]
    if faults:
        return faults
    job, pod = manifest["spec"], manifest["spec"]["template"]["spec"]
    indexed = job.get("completionMode") == "Indexed"
    if indexed and not ("completions" in job and job["completions"] <= 100_000):
        faults.append("an Indexed Job has completions, 100,000 at most")
    if indexed and job.get("parallelism", 1) > 10_000:
        faults.append("an Indexed Job has a parallelism of 10,000 at most")
    if "backoffLimitPerIndex" in job and not indexed:
        faults.append("only an Indexed Job has a backoffLimitPerIndex")
    containers = [container["name"] for container in pod["containers"]]
    for rule in job.get("podFailurePolicy", {}).get("rules", []):
        codes = rule["onExitCodes"]
        if pod["restartPolicy"] != "Never":
            faults.append("a podFailurePolicy wants restartPolicy Never")
        if rule["action"] == "FailIndex" and "backoffLimitPerIndex" not in job:
            faults.append("FailIndex wants a backoffLimitPerIndex")
        if codes.get("containerName", containers[0]) not in containers:
            faults.append("a podFailurePolicy names no container of the pod")
        if codes["values"] != sorted(codes["values"]):
            faults.append("exit codes stand in their order")
    volumes = [volume["name"] for volume in pod.get("volumes", [])]
    for container in pod["containers"]:
        for mount in container.get("volumeMounts", []):
            if mount["name"] not in volumes:
                faults.append(f"there is no volume {mount['name']}")
    return faults


def spoiled(manifest):
    """Manifests of which each has one fault."""

    def at(*path):
        changed = copy.deepcopy(manifest)
        node = changed
        for key in path[:-2]:
            node = node[key]
        node[path[-2]] = path[-1]
        return changed

    pod = ("spec", "template", "spec")
    codes = ("spec", "podFailurePolicy", "rules", 0, "onExitCodes")
    yield at("apiVersion", "v1")
    yield at("spec", "completionsMode", "Indexed")
    yield at("spec", "completionMode", "NonIndexed")
    yield at("spec", "completions", "64")
    yield at("spec", "completions", 100_001)
    yield at(*pod, "restartPolicy", "OnFailure")
    yield at(*codes, "values", [0])
    yield at(*codes, "values", [5, 3])
    yield at(*codes, "containerName", "other")
    yield at(*pod, "containers", 0, "args", [4])
    yield at(*pod, "containers", 0, "resources", "limits", "memory", "14 GB")
    yield at(*pod, "containers", 0, "volumeMounts", 0, "name", "other")
    without = copy.deepcopy(manifest)
    del without["spec"]["backoffLimitPerIndex"]
    yield without


def main():
    vanban, root = sys.argv[1], Path(sys.argv[2])
    schema = json.loads((root / "tests/tools/kubernetes_job.schema.json").read_text())
    jsonschema.Draft7Validator.check_schema(schema)
    manifest = yaml.safe_load((root / "docs/kubernetes.yaml").read_text())
    faults = faults_of(manifest, schema)
    for i, other in enumerate(spoiled(manifest)):
        if not faults_of(other, schema):
            faults.append(f"spoiled manifest {i + 1} is not refused")
    for container in manifest["spec"]["template"]["spec"]["containers"]:
        # As a task runs it, here without its volumes: what is missed first is the plan.
        done = subprocess.run(
            [vanban, *container["args"]],
            env={**os.environ, "JOB_COMPLETION_INDEX": "0", "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
        )
        if done.returncode != FILE_ACCESS or "/data/plan" not in done.stderr:
            faults.append(f"vanban does not take the arguments: {done.stderr}")
    for fault in faults:
        print(fault, file=sys.stderr)
    sys.exit(1 if faults else 0)


main()
