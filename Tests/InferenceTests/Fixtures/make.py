"""Writes the networks that the tests of Inference run: python3 make.py, with onnx and numpy."""
import numpy as np, onnx
from onnx import helper as h, TensorProto as T, numpy_helper as nh
rng=np.random.default_rng(7)
def he(*s):
    fan=int(np.prod(s[1:])); return (rng.standard_normal(s)*np.sqrt(2/fan)).astype(np.float32)
def conv(c_in,c_out,k,i): 
    return nh.from_array(he(c_out,c_in,k,k),i)
inits=[conv(1,8,3,"w1"),nh.from_array(np.linspace(-.1,.1,8,dtype=np.float32),"b1"),conv(8,16,3,"w2"),conv(16,16,3,"w3"),nh.from_array(he(16,10),"w4"),nh.from_array(np.zeros(10,np.float32),"b4")]
nodes=[h.make_node("Conv",["image","w1","b1"],["c1"],pads=[1,1,1,1],strides=[2,2]),h.make_node("Relu",["c1"],["r1"]),
h.make_node("Conv",["r1","w2"],["c2"],pads=[1,1,1,1],strides=[2,2]),h.make_node("Relu",["c2"],["r2"]),
h.make_node("Conv",["r2","w3"],["c3"],pads=[1,1,1,1]),h.make_node("Add",["c3","r2"],["a3"]),h.make_node("Relu",["a3"],["r3"]),
h.make_node("GlobalAveragePool",["r3"],["g"]),h.make_node("Flatten",["g"],["f"]),h.make_node("Gemm",["f","w4","b4"],["logits"])]
g=h.make_graph(nodes,"small",[h.make_tensor_value_info("image",T.FLOAT,["N",1,28,28])],[h.make_tensor_value_info("logits",T.FLOAT,["N",10])],inits)
m=h.make_model(g,opset_imports=[h.make_opsetid("",13)],ir_version=8,producer_name="simcoord"); onnx.checker.check_model(m); onnx.save(m,"convolutional.onnx")
# affine: y = 2 a + b, z = a  — two inputs, two outputs, values that can be checked by hand
g=h.make_graph([h.make_node("Mul",["a","two"],["d"]),h.make_node("Add",["d","b"],["sum"]),h.make_node("Neg",["a"],["negated"])],"affine",
 [h.make_tensor_value_info("a",T.FLOAT,["N",3]),h.make_tensor_value_info("b",T.FLOAT,[1,3])],
 [h.make_tensor_value_info("sum",T.FLOAT,["N",3]),h.make_tensor_value_info("negated",T.FLOAT,["N",3])],[nh.from_array(np.float32(2),"two")])
m=h.make_model(g,opset_imports=[h.make_opsetid("",13)],ir_version=8,producer_name="simcoord"); onnx.checker.check_model(m); onnx.save(m,"affine.onnx")
# integer output
g=h.make_graph([h.make_node("ArgMax",["a"],["best"],axis=1)],"argmax",[h.make_tensor_value_info("a",T.FLOAT,[1,3])],[h.make_tensor_value_info("best",T.INT64,[1,1])])
m=h.make_model(g,opset_imports=[h.make_opsetid("",13)],ir_version=8,producer_name="simcoord"); onnx.checker.check_model(m); onnx.save(m,"integer.onnx")
