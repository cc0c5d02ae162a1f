"""ONNX Runtime on one thread, input and output bound beforehand so that Python adds one call a run.

    infer_onnxruntime.py NETWORK OUTPUT CALLS SHAPE

As `inference-benchmark measure`; SHAPE is that of the input, as in 1,1,28,28.
"""

import sys
import time

import numpy
import onnxruntime

network, output, calls, shape = sys.argv[1], sys.argv[2], int(sys.argv[3]), tuple(map(int, sys.argv[4].split(",")))
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = options.inter_op_num_threads = 1
options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
words = (numpy.arange(numpy.prod(shape), dtype=numpy.uint32) * numpy.uint32(2654435761)) >> numpy.uint32(8)
values = (words.astype(numpy.float32) / numpy.float32(1 << 23) - numpy.float32(1)).reshape(shape)
binding = session.io_binding()
binding.bind_ortvalue_input(session.get_inputs()[0].name, onnxruntime.OrtValue.ortvalue_from_numpy(values))
binding.bind_output(session.get_outputs()[0].name, "cpu")
run = session.run_with_iobinding
for _ in range(calls // 10 + 1):
    run(binding)
start = time.perf_counter()
for _ in range(calls):
    run(binding)
seconds = time.perf_counter() - start
binding.copy_outputs_to_cpu()[0].astype(numpy.float32).tofile(output)
print(seconds, file=sys.stderr)
