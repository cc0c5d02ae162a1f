"""The programs that are measured: built or fetched here, and named clearly when that fails."""

import functools
import pathlib
import shutil
import subprocess
import tempfile
import venv

from .failure import fail

HERE = pathlib.Path(__file__).resolve().parents[1]
ROOT = HERE.parents[1]
SIMCOORD = ROOT / ".build/release/simcoord"
CACHE = ROOT / ".cache/benchmarks"
PEERS = HERE / "peers"
PYTHON_PACKAGES = ["simpy==4.1.2", "numpy==1.26.4", "onnxruntime==1.20.1"]
# Where Tools/bootstrap unpacks OpenVINO.
OPENVINO = ROOT / ".openvino"

# Debian's package of each library that a peer is built with.
PACKAGES = {"ns3-core": "libns3-dev", "simgrid": "libsimgrid-dev", "sqlite3": "libsqlite3-dev", "zmq": "libzmq3-dev"}


def build_simcoord():
    build(["--product", "simcoord"], ROOT)


@functools.cache
def swift_benchmark(name):
    """A program of Tools/Benchmarks' own package."""
    scratch = CACHE / "build"
    build(["--product", name, "--package-path", HERE, "--scratch-path", scratch], ROOT)
    return scratch / "release" / name


def build(arguments, folder):
    if not shutil.which("swift"):
        fail("there is no swift: install Swift 6.3 or later from swift.org, and put it on PATH")
    command = ["swift", "build", "-c", "release", *map(str, arguments)]
    if subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL).returncode:
        fail(f"`{' '.join(command)}` failed (see above)")


@functools.cache
def peer(source, library=None):
    """A peer written in C or C++, compiled anew when its source has changed."""
    source = PEERS / source
    program = CACHE / "programs" / source.stem
    compiler = ["cc"] if source.suffix == ".c" else ["c++", "-std=c++17"]
    if not shutil.which(compiler[0]):
        fail("there is no C++ compiler: apt-get install g++")
    headers = PEERS.glob("*.hpp")
    # Another version of OpenVINO has another name.
    versions = [OPENVINO / ".stamp"] if library == "openvino_c" and (OPENVINO / ".stamp").exists() else []
    newest = max(path.stat().st_mtime for path in [source, *headers, *versions])
    if program.exists() and program.stat().st_mtime > newest:
        return program
    program.parent.mkdir(parents=True, exist_ok=True)
    command = [*compiler, "-O2", "-Wall", "-Wextra", str(source), "-o", str(program)]
    if library == "openvino_c":
        if not OPENVINO.exists():
            fail("OpenVINO is missing: Tools/bootstrap installs it")
        command += [f"-I{OPENVINO}/include", f"-L{OPENVINO}/lib", f"-Wl,-rpath,{OPENVINO}/lib"]
    elif library:
        require(library, compiler)
    if library:
        command.append(f"-l{library}")
    if subprocess.run(command).returncode:
        fail(f"{source.name} does not compile (see above)")
    return program


def require(library, compiler):
    """Whether the linker finds a library, else the package that has it is installed or named."""
    if links(library, compiler):
        return
    package = PACKAGES[library]
    installed = subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", package],
                               stdout=subprocess.DEVNULL).returncode == 0
    if not installed or not links(library, compiler):
        fail(f"lib{library} is missing: apt-get install {package}")


def links(library, compiler):
    with tempfile.TemporaryDirectory() as folder:
        command = [*compiler, "-x", "c++", "-", "-o", f"{folder}/program", f"-l{library}"]
        return subprocess.run(command, input=b"int main() {}", stderr=subprocess.DEVNULL).returncode == 0


@functools.cache
def python():
    """An environment of our own with the peers of PyPI in it."""
    folder = CACHE / "peers"
    program = folder / "bin/python"
    # An environment that was interrupted while it was made has no pip.
    if not program.exists() or subprocess.run([program, "-m", "pip", "--version"], capture_output=True).returncode:
        try:
            venv.create(folder, with_pip=True, clear=True)
        except subprocess.CalledProcessError:
            fail("Python cannot make an environment: apt-get install python3-venv")
    if subprocess.run([program, "-m", "pip", "install", "--quiet", *PYTHON_PACKAGES]).returncode:
        fail(f"{', '.join(PYTHON_PACKAGES)} cannot be had from PyPI (see above)")
    return program
